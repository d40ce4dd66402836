#include "reports/versions.h"

#include "reports/render/chart.h"

#include <boost/version.hpp>
#include <cairo.h>
#include <fmt/core.h>
#include <pango/pango.h>
#include <xlsxwriter.h>

namespace appraise {

std::vector<std::pair<std::string, std::string>> versions() {
  return {{"appraise", APPRAISE_VERSION},    {"libxlsxwriter", lxw_version()},     {"cairo", cairo_version_string()},
          {"pango", pango_version_string()}, {"fmt", std::to_string(FMT_VERSION)}, {"boost", BOOST_LIB_VERSION},
          {"font", font_report().family}};
}

} // namespace appraise
