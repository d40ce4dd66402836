#include "reports/render/html.h"

#include "reports/render/html_style.h"
#include "reports/render/plain_text.h"
#include "reports/texts.h"

#include <algorithm>
#include <fmt/core.h>
#include <vector>

namespace appraise {

namespace {

constexpr std::size_t kWideTable = 14; // columns from which a table takes the small print

const char* class_of(Role role) {
  switch (role) {
  case Role::plain: return "plain";
  case Role::head: return "head";
  case Role::label: return "label";
  case Role::number: return "number";
  case Role::input: return "input";
  case Role::total: return "total";
  case Role::rank: return "rank";
  case Role::state: return "state";
  case Role::note: return "note";
  case Role::sequence: return "sequence";
  }
  return "plain";
}

std::string grouped(const std::string& digits) {
  const std::size_t start = digits[0] == '-' ? 1 : 0;
  const std::size_t end = std::min(digits.find('.'), digits.size());
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > start && i < end && (end - i) % 3 == 0) result += ',';
    result += digits[i];
  }
  return result;
}

std::string shown(const Cell& cell) {
  if (const std::string* words = std::get_if<std::string>(&cell.content)) return escape_html(*words);
  const Number* number = std::get_if<Number>(&cell.content);
  if (number == nullptr) return {};
  const Number value = cell.percent ? *number * Number(100) : *number;
  std::string digits = cell.places >= 0 ? value.decimal(cell.places) : value.text();
  if (digits.find('/') != std::string::npos || (cell.places < 0 && digits.size() > 12)) digits = value.decimal(6);
  if (cell.role != Role::rank && cell.role != Role::sequence) digits = grouped(digits);
  return digits + (cell.percent ? "%" : "") + (cell.exact_only ? "*" : "");
}

// The data must not be able to end the element that holds them.
std::string inside_script(const std::string& json) {
  std::string result;
  for (char c : sound_text(json)) {
    if (c == '<')
      result += "\\u003c";
    else
      result += c;
  }
  return result;
}

class Page {
public:
  Page(const Document& document, const std::function<std::string(const Chart&)>& picture)
      : document_(document), picture_(picture) {}

  std::string render(const std::string& data) {
    head();
    if (!document_.charts.empty()) charts();
    for (const DocTable& table : document_.tables)
      section(table);
    out_ += "</main>\n<footer>\n";
    if (!document_.watermark.empty()) out_ += "<p class=\"mark\">" + escape_html(document_.watermark) + "</p>\n";
    out_ += "</footer>\n<script type=\"application/json\" id=\"scorecard\">" + inside_script(data) + "</script>\n";
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

private:
  void head() {
    const std::string title = escape_html(document_.title);
    out_ += "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "img-src data:; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n";
    out_ += "<title>" + title + "</title>\n<style>" + kHtmlStyle + "</style>\n</head>\n<body>\n<header>\n<h1>" + title +
            "</h1>\n<p class=\"quiet\">" + escape_html(document_.subtitle) + "</p>\n";
    if (!document_.watermark.empty()) out_ += "<p class=\"mark\">" + escape_html(document_.watermark) + "</p>\n";
    out_ += "<nav><ul>\n";
    if (!document_.charts.empty()) out_ += "<li><a href=\"#charts\">" + said("page.charts") + "</a></li>\n";
    for (const DocTable& table : document_.tables)
      out_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escape_html(table.id), escape_html(table.sheet));
    out_ += "</ul></nav>\n</header>\n<main>\n";
    for (const Paragraph& paragraph : document_.paragraphs)
      out_ += "<p>" + escape_html(paragraph.text) + "</p>\n";
  }

  static std::string said(const char* id) { return escape_html(text(id, Language::chinese)); }

  void charts() {
    out_ += "<section id=\"charts\">\n<h2>" + said("page.charts") + "</h2>\n";
    for (const Chart& chart : document_.charts) {
      std::string svg = picture_(chart);
      const std::size_t start = svg.find("<svg"); // without the declaration of a file of its own
      if (start != std::string::npos) svg.erase(0, start);
      out_ += fmt::format("<figure id=\"chart-{}\" role=\"group\" aria-label=\"{}\">\n{}\n</figure>\n",
                          escape_html(chart.id), escape_html(chart.title), svg);
    }
    out_ += "</section>\n";
  }

  void section(const DocTable& table) {
    const std::string id = escape_html(table.id);
    const bool wide = table.columns.size() >= kWideTable;
    out_ += fmt::format("<section class=\"sheet\" id=\"{}\">\n<h2>{}</h2>\n<div class=\"scroll\">\n<table{}>\n", id,
                        escape_html(table.sheet), wide ? " class=\"wide\"" : "");
    out_ += "<caption>";
    if (!table.unit.empty()) out_ += "<span class=\"unit\">" + escape_html(table.unit) + "</span>";
    out_ += escape_html(table.title);
    if (!document_.watermark.empty()) out_ += "（" + escape_html(document_.watermark) + "）";
    out_ += "</caption>\n";
    heads(table);
    rows(table);
    out_ += "</table>\n</div>\n";
    if (!table.notes.empty()) {
      out_ += "<ul class=\"notes\">\n";
      for (const std::string& note : table.notes)
        out_ += "<li>" + escape_html(note) + "</li>\n";
      out_ += "</ul>\n";
    }
    out_ += "</section>\n";
  }

  static std::string title_of(const TableColumn& column) {
    return escape_html(column.title) + (column.unit.empty() ? "" : "<br>（" + escape_html(column.unit) + "）");
  }

  void heads(const DocTable& table) {
    const auto& columns = table.columns;
    const bool grouped_heads =
        std::any_of(columns.begin(), columns.end(), [](const auto& c) { return !c.over.empty(); });
    out_ += "<thead>\n<tr>";
    for (std::size_t i = 0; grouped_heads && i < columns.size();) {
      std::size_t end = i + 1;
      if (columns[i].over.empty()) {
        out_ += "<th scope=\"col\" rowspan=\"2\">" + title_of(columns[i]) + "</th>";
      } else {
        while (end < columns.size() && columns[end].over == columns[i].over)
          ++end;
        out_ += fmt::format("<th scope=\"colgroup\" colspan=\"{}\">{}</th>", end - i, escape_html(columns[i].over));
      }
      i = end;
    }
    if (grouped_heads) out_ += "</tr>\n<tr>";
    for (const TableColumn& column : columns) {
      if (!grouped_heads || !column.over.empty()) out_ += "<th scope=\"col\">" + title_of(column) + "</th>";
    }
    out_ += "</tr>\n</thead>\n";
  }

  void rows(const DocTable& table) {
    // Rows at the end that are totals are the foot; totals between rows stay where they are.
    std::size_t foot = table.rows.size();
    while (foot > 0 && table.rows[foot - 1].role == Role::total)
      --foot;
    std::vector<std::size_t> covered(table.columns.size(), 0);
    out_ += "<tbody>\n";
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (i == foot) out_ += "</tbody>\n<tfoot>\n";
      row(table, table.rows[i], covered);
    }
    out_ += foot < table.rows.size() ? "</tfoot>\n" : "</tbody>\n";
  }

  void row(const DocTable& table, const TableRow& row, std::vector<std::size_t>& covered) {
    out_ += fmt::format("<tr id=\"{}-{}\"{}>", escape_html(table.id), escape_html(row.id),
                        row.role == Role::total ? " class=\"total\"" : "");
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (covered[i] > 0) {
        --covered[i];
        continue;
      }
      const Cell& cell = row.cells[i];
      covered[i] = cell.rows - 1;
      const std::string span = cell.rows > 1 ? fmt::format(" rowspan=\"{}\"", cell.rows) : "";
      const Role role = cell.role == Role::plain ? table.columns[i].role : cell.role;
      const bool is_state =
          std::holds_alternative<std::string>(cell.content) && (role == Role::number || role == Role::total);
      std::string content = shown(cell);
      if (const std::string target = link_target(cell.link); !target.empty() && !content.empty()) {
        content = fmt::format("<a href=\"#{}\">{}</a>", target, content);
      }
      const bool heads_row =
          table.columns[i].id == "name" || table.columns[i].id == "subject" || table.columns[i].id == "item";
      if (heads_row && role == Role::label)
        out_ += fmt::format("<th scope=\"row\"{}>{}</th>", span, content);
      else
        out_ += fmt::format("<td class=\"{}\"{}>{}</td>", is_state ? "state" : class_of(role), span, content);
    }
    out_ += "</tr>\n";
  }

  std::string link_target(const std::string& link) const {
    const std::size_t first = link.find('/');
    const std::size_t last = link.rfind('/');
    if (first == std::string::npos || last <= first || document_.table(link.substr(0, first)) == nullptr) return {};
    return escape_html(link.substr(0, first) + "-" + link.substr(first + 1, last - first - 1));
  }

  const Document& document_;
  const std::function<std::string(const Chart&)>& picture_;
  std::string out_;
};

} // namespace

std::string render_html(const Document& document, const std::string& data,
                        const std::function<std::string(const Chart&)>& picture) {
  return Page(document, picture).render(data);
}

} // namespace appraise
