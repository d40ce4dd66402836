// A Document as one HTML file that asks nothing of the network: semantic tables, the charts' pictures inside, and the
// data.
//
//   Content security policy: nothing but the page's own style and pictures; no script runs. `data` is put, as it is, in
//   a <script type="application/json"> with "<" as \u003c. Wide tables scroll on a screen and fit an A4 landscape page
//   in print; heads repeat on each page. The watermark stands at the top and in every caption.
//
//   std::string page = render_html(document, scorecard_json, [](const Chart& c) { return render_svg(c, mark); });
#pragma once

#include "reports/document.h"

#include <functional>
#include <string>

namespace appraise {

std::string render_html(const Document& document, const std::string& data,
                        const std::function<std::string(const Chart&)>& picture);

} // namespace appraise
