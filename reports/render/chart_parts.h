// What the kinds of charts share: measures of the page, numbers as they are printed, legends; and the kinds themselves,
// each of which draws below y and returns where it ended.
#pragma once

#include "reports/document.h"
#include "reports/render/canvas.h"

#include <string>
#include <vector>

namespace appraise {

constexpr double kPageWidth = 156 / 25.4 * 72; // the text width of an A4 page of an official document
constexpr double kMargin = 6;
constexpr double kInner = kPageWidth - 2 * kMargin;

constexpr double kTitleSize = 11.5;
constexpr double kHeadSize = 8;
constexpr double kLabelSize = 7.5;
constexpr double kSmallSize = 7; // the smallest that may be printed

// How the chart's numbers are printed: equal decimals, commas between thousands, percent where the chart says so.
struct NumberForm {
  int places = 0;
  bool percent = false;
  std::string operator()(const Number& value) const;
};
NumberForm number_form(const Chart& chart); // places of -1: as many as the exact numbers need, at most 6

// Value of a label, or nothing where its state speaks instead.
const Number* value_at(const Chart& chart, std::size_t series, std::size_t label);
std::string state_at(const Chart& chart, std::size_t label);
std::string phrase(const char* id, const std::vector<std::pair<std::string, std::string>>& facts = {});

// The same text in as many lines as the width asks for, all about equally long: no character left alone on the last
// one.
std::string evenly_broken(const std::string& text, const TextStyle& style);

// The width for a column of names: a few long ones are broken in two rather than take the room of all.
double name_width(const std::vector<std::string>& names, const TextStyle& style, double most);

// A row of keys, broken into lines; returns the height used.
struct Key {
  std::string name;
  Tone tone;
};
double draw_keys(Canvas& canvas, double y, const std::vector<Key>& keys);

void fill_tone(Canvas& canvas, const Box& box, const Tone& tone);

// Lines below the picture that only the kind itself knows.
struct Remarks {
  std::vector<std::string> lines;
};

double draw_bars(Canvas& canvas, const Chart& chart, double y, Remarks& remarks); // ranked and stacked
double draw_heat_table(Canvas& canvas, const Chart& chart, double y, Remarks& remarks);
double draw_trend(Canvas& canvas, const Chart& chart, double y, Remarks& remarks);

// The whole picture, laid out and not yet painted.
Canvas lay_out(const Chart& chart, const std::string& watermark);

} // namespace appraise
