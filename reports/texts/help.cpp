#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"help.appraise", "appraise：按年度考核方案，把案件导出和统计数字算成考核结果，每个数字都能查到案件行。",
     "appraise: turns case exports and published statistics into the annual scorecard; every figure leads back to its rows."},
    {"example.appraise",
     "三步开始：\n"
     "  总局汇总    appraise run fixtures/demo-year          读入导出，计分排名，写出考核结果和图表\n"
     "  各省自查    appraise check 我的导出.csv               报送之前检查，指出文件、行、列和改法\n"
     "  简报取图    appraise run fixtures/published -o out/published  图在 out/published/charts",
     "Where to start:\n"
     "  headquarters  appraise run fixtures/demo-year        read the exports, score, rank, write scorecards and charts\n"
     "  a province    appraise check my-export.csv           check before handing in: file, row, column and what to do\n"
     "  a briefing    appraise run fixtures/published -o out/published  the charts are in out/published/charts"},
    {"help.commands", "命令（appraise 命令 --help 看用法）：", "Commands (appraise COMMAND --help for more):"},
    {"help.options", "通用选项：", "Options for all commands:"},
    {"help.yes", "是", "yes"},
    {"help.more-of-the-same", "……同类问题（{rule}）另有{count}处，全部列在 problems.csv 中。",
     "… {count} more of the same ({rule}); all of them stand in problems.csv."},

    {"help.init", "建立新一年的考核：考核文件、名册、方案副本和带表头的空导出。",
     "Set up a new year: appraisal file, roster, a copy of a scheme, and empty exports with the right heads."},
    {"example.init", "  appraise init 2017 --year 2017\n  appraise run 2017", "  appraise init 2017 --year 2017\n  appraise run 2017"},
    {"help.init.done", "已建立 {folder}（{count}个文件）。把导出放进 {folder}/exports，然后：appraise run {folder}",
     "Made {folder} ({count} files). Put the exports into {folder}/exports, then: appraise run {folder}"},
    {"help.init.appraisal", "考核文件：方案、名册和导出。路径相对于本文件。", "Appraisal file: scheme, roster and exports. Paths are relative to this file."},
    {"help.init.columns", "文件,表头,字段,类型,必填,可取值,含义", "file,head,field,type,required,values,meaning"},
    {"field-type.0", "文本", "text"},
    {"field-type.1", "类别", "category"},
    {"field-type.2", "日期", "date"},
    {"field-type.3", "整数", "integer"},
    {"field-type.4", "数（两位小数）", "number (two decimals)"},
    {"field-type.5", "金额（元，两位小数）", "money (yuan, two decimals)"},
    {"field-type.6", "是/否", "yes/no"},
    {"field-type.7", "单位代码或名称", "unit code or name"},

    {"help.run", "计算一次考核：读导出，算指标，计分排名，写出结果文件夹。", "Run an appraisal: read the exports, compute, score, rank, write the run folder."},
    {"example.run", "  appraise run fixtures/demo-year\n  appraise run fixtures/demo-year/cities.toml -o out/cities --force",
     "  appraise run fixtures/demo-year\n  appraise run fixtures/demo-year/cities.toml -o out/cities --force"},
    {"help.run.title", "{title}　{period}　{status}", "{title}  {period}  {status}"},
    {"help.run.demo", "演示数据，非考核结果", "Demonstration data, not the result of an appraisal"},
    {"help.run.head", "排名|单位|分组|得分|组内排名", "Rank|Unit|Group|Points|In group"},
    {"help.run.head-ranks", "单位|指标|数值|排名", "Unit|Item|Figure|Rank"},
    {"help.run.more", "……其余{count}个单位见 scorecards.xlsx", "… {count} more units in scorecards.xlsx"},
    {"help.run.uncounted", "{count}行不能计入，逐行列在 problems.csv 中。", "{count} rows could not be counted; each is listed in problems.csv."},
    {"help.run.no-cases", "没有任何案件：各项均为无案件，不计分，不排名。", "No records at all: every item is 'no cases'; no points and no rank."},
    {"help.run.created", "已写出 {folder}：", "Written to {folder}:"},
    {"help.run.replaced", "已替换 {folder}：", "Replaced {folder}:"},
    {"help.run.unchanged", "{folder} 与本次结果逐字节相同，未改动：", "{folder} is identical to this result and stays as it is:"},
    {"help.stage.read", "读入导出", "reading the exports"},
    {"help.stage.compute", "计算指标和得分", "computing figures and points"},
    {"help.stage.render", "制作表格和图表", "making sheets and charts"},
    {"help.stage.write", "写出", "writing"},

    {"help.check", "只读入和检查，不计分；有行不能计入时退出码为1。", "Read and check without scoring; exit code 1 where a row cannot be counted."},
    {"example.check", "  appraise check fixtures/demo-year\n  appraise check 案件.csv --roster 名册.csv",
     "  appraise check fixtures/demo-year\n  appraise check cases.csv --roster roster.csv"},
    {"help.check.line", "{type}：{files}个文件，{rows}行；{uncounted}行不能计入，{replaced}行被后来的报送替换",
     "{type}: {files} files, {rows} rows; {uncounted} cannot be counted, {replaced} replaced by a later snapshot"},
    {"help.check.clean", "没有发现问题。", "No problem was found."},

    {"help.layout", "导出格式。", "Layouts of exports."},
    {"help.layout.check", "看每个表头对应哪个字段，没对上的给出可粘贴的几行。", "How each head was matched, and lines to paste for those that were not."},
    {"example.layout", "  appraise layout check 案件.csv", "  appraise layout check cases.csv"},
    {"help.layout.head", "{file}（{encoding}）：按“{type}”（{id}）识别", "{file} ({encoding}): read as {type} ({id})"},
    {"help.layout.ignored", "已知，不需要", "known, not needed"},
    {"help.layout.unknown", "没有对上", "not matched"},
    {"help.layout.nearest", "，是否为：", ", did you mean: "},
    {"help.layout.loose", "（去掉空白、全角差别后对上）", " (matched without white space and full-width forms)"},
    {"help.layout.missing", "  缺少必填的表头：{title}（{field}）", "  a required head is missing: {title} ({field})"},
    {"help.layout.paste", "把下面几行粘贴到导出格式文件（templates/layouts/*.toml），改好字段名：",
     "Paste these lines into a layout file (templates/layouts/*.toml) and name the fields:"},

    {"help.explain", "说明一个单位一项得分的来历：规则、代入的数字、每一行案件。",
     "Explain a unit's points for one item: the rule, the numbers put in, each row counted or left out."},
    {"example.explain", "  appraise explain fixtures/demo-year --unit 900500 --item closed_on_time",
     "  appraise explain fixtures/demo-year --unit 900500 --item closed_on_time"},
    {"help.explain.title", "{unit}（{code}）　{item}", "{unit} ({code})  {item}"},
    {"help.explain.rule", "规则：{rule}", "Rule: {rule}"},
    {"help.explain.reference", "依据：{reference}", "Reference: {reference}"},
    {"help.explain.points", "得分：{points}", "Points: {points}"},
    {"help.explain.formula", "算式：{formula}", "Formula: {formula}"},
    {"help.explain.value", "{indicator}（{slice}）：{numerator} ÷ {denominator} = {value}{unit}", "{indicator} ({slice}): {numerator} ÷ {denominator} = {value}{unit}"},
    {"help.explain.count", "{indicator}（{slice}）：{numerator}{unit}", "{indicator} ({slice}): {numerator} {unit}"},
    {"help.explain.state", "{indicator}（{slice}）：{state}", "{indicator} ({slice}): {state}"},
    {"help.explain.definition", "口径：{definition}", "Definition: {definition}"},
    {"help.explain.condition", "条件：{where}", "Condition: {where}"},
    {"help.explain.that", "其中：{that}", "Met when: {that}"},
    {"help.explain.source", "来源：{note}", "Source: {note}"},
    {"help.explain.rows", "{count}行：", "{count} rows:"},
    {"help.explain.missing", "（缺{field}）", " ({field} is missing)"},
    {"help.slice.period", "考核期", "period"},
    {"help.slice.base", "基期", "base"},
    {"verdict.met", "计入", "counted"},
    {"verdict.not_met", "计入分母", "in the denominator only"},
    {"verdict.unknown_that", "计入分母，未达到", "in the denominator, not met"},
    {"verdict.left_out_missing", "未计入", "left out"},

    {"help.generate", "由种子生成演示年度的导出（虚构单位）。", "Make the demonstration year's exports from a seed (invented units)."},
    {"example.generate", "  appraise generate fixtures/demo-year/exports", "  appraise generate fixtures/demo-year/exports"},
    {"help.generate.done", "已生成 {folder}（{count}个文件）。", "Made {folder} ({count} files)."},
    {"help.generate.unchanged", "{folder} 已是同样内容（{count}个文件），未改动。", "{folder} already holds the same {count} files."},

    {"option.help", "显示帮助", "show this help"},
    {"option.version", "显示版本", "show the version"},
    {"option.lang", "语言；默认按区域设置", "language; by the locale unless given"},
    {"option.quiet", "只显示结果和问题", "results and problems only"},
    {"option.threads", "线程数；结果与线程数无关", "threads; results do not depend on it"},
    {"option.batch-rows", "每批行数；结果与它无关", "rows in a batch; results do not depend on it"},
    {"option.force", "替换已有的文件夹", "replace an existing folder"},
    {"option.json", "在标准输出给出 scorecard.json", "print scorecard.json"},
    {"option.output", "结果文件夹；默认 out/<名称>-<年度>", "run folder; out/<name>-<period> unless given"},
    {"option.strict", "有行不能计入时退出码为1", "exit 1 when rows could not be counted"},
    {"option.appraisal", "考核文件、含 appraisal.toml 的文件夹", "an appraisal file, or a folder with appraisal.toml"},
    {"option.check.path", "考核文件或文件夹、一个导出文件", "an appraisal file or folder, or one export"},
    {"option.run-folder", "考核文件、文件夹或结果文件夹", "an appraisal file, its folder, or a run folder"},
    {"option.unit", "单位代码或名称", "code or name of a unit"},
    {"option.item", "指标项", "id of an item"},
    {"option.roster", "名册；默认用内置名册", "roster; the built-in one unless given"},
    {"option.seed", "种子；同一种子得到逐字节相同的文件", "seed; the same seed gives the same bytes"},
    {"option.generate.folder", "写到哪个文件夹", "folder to write"},
    {"option.init.folder", "新文件夹", "new folder"},
    {"option.year", "考核年度", "appraised year"},
    {"option.scheme", "方案，默认 province/2016", "scheme, province/2016 unless given"},
    {"option.file", "导出文件（CSV）", "an export (CSV)"},
    {"option.layout", "导出格式，默认 standard", "layout, standard unless given"},
    {"option.type", "记录类型；默认按表头识别", "record type; by its heads unless given"},
};

} // namespace

std::span<const Text> help() { return kTexts; }

} // namespace appraise::texts
