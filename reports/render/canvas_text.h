// Pango behind Canvas: measuring, showing and checking text; and what an SVG of cairo's still needs.
#pragma once

#include "reports/render/canvas.h"

#include <string>
#include <vector>

struct _cairo; // NOLINT(bugprone-reserved-identifier): cairo names its own type so

namespace appraise {

std::string valid_text(const std::string& text); // valid UTF-8 without control characters but the line feed
Extent measure_text(const std::string& text, const TextStyle& style);
void show_text(_cairo* to, const PlacedText& placed);
std::vector<std::string> missing_in(const std::string& text, const TextStyle& style);

// Ids numbered in the order of the file and prefixed, title and description inside.
std::string finished_svg(const std::string& svg, const Accessible& about);

} // namespace appraise
