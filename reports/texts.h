// Every sentence that a person reads, in Chinese and English, in one table: problems by rule id, states, rules of
// scoring, heads of sheets, help. Placeholders are {name}.
#pragma once

#include "engine/problem.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace appraise {

enum class Language { chinese, english };

using Facts = std::vector<std::pair<std::string, std::string>>;

// Asserts that the id exists: a test walks the table.
std::string text(std::string_view id, Language language, const Facts& facts = {});
bool has_text(std::string_view id);

// FILE:ROW:COL or FILE › Sheet!F12; what was found, what was expected, what to do; excerpt with a caret. Several lines.
std::string message(const Problem& problem, Language language);
// What was found, expected and near in one line, for tables that have columns for the place.
std::string message_line(const Problem& problem, Language language);

// What a terminal may show: control and direction characters as \u{..}, bytes that are no UTF-8 as \x{..}.
std::string visible(std::string_view text);
// The first characters that fit into so many columns of a terminal, … behind them where there are more.
std::string shortened(std::string_view text, int columns);

} // namespace appraise
