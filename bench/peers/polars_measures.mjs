// node polars_measures.mjs FILE: Polars computes the measures of bench/home/indicators/measures for each unit, by their own
// rules, and finds case numbers that stand twice. One line of JSON, as duck_measures.mjs prints it.
import pl from 'nodejs-polars';

const [, , file] = process.argv;
const { col, lit, when } = pl;
const types = { infringement: '侵权纠纷', counterfeit: '假冒专利', other: '其他纠纷' };
const channels = { on_the_spot: '现场提交', online: '网络平台', telephone: '电话举报', superior: '上级交办', other_office: '部门移送', post: '邮寄' };
const schema = {
  case_no: pl.Utf8, bureau_code: pl.Utf8, case_type: pl.Utf8, channel: pl.Utf8, accepted_date: pl.Date, filed_date: pl.Date,
  closed_date: pl.Date, disposition: pl.Utf8, excluded_days: pl.Int32, patent_type: pl.Utf8, amount: pl.Float64,
  published_date: pl.Date, transferred: pl.Int32, quality_score: pl.Int32, respondent: pl.Utf8,
};
const day = (name) => col(name).cast(pl.Int32);
const days = day('closed_date').minus(day('filed_date'));
const limit = when(col('case_type').eq(lit(types.infringement))).then(lit(90))
  .when(col('case_type').eq(lit(types.counterfeit))).then(lit(30)).otherwise(lit(60));
const count = (condition) => condition.cast(pl.Int32).sum();
const each = (words, name, condition) => Object.fromEntries(Object.entries(words).map(([id, word]) => [`${name}_${id}`, count(condition(lit(word)))]));
const measures = {
  cases: col('case_no').count(),
  filed: col('filed_date').count(),
  closed: col('closed_date').count(),
  ...each(types, 'filed', (type) => col('case_type').eq(type).and(col('filed_date').isNotNull())),
  ...each(types, 'closed', (type) => col('case_type').eq(type).and(col('closed_date').isNotNull())),
  closed_in_time: count(col('days').minus(col('excluded_days')).ltEq(limit)),
  days_sum: col('days').sum(),
  days_median: col('days').quantile(0.5, 'linear'),
  days_p90: col('days').quantile(0.9, 'linear'),
  published: col('published_date').count(),
  published_in_20_days: count(day('published_date').minus(day('closed_date')).ltEq(lit(20))),
  ...each(channels, 'channel', (channel) => col('channel').eq(channel)),
  transferred: count(col('transferred').eq(lit(1))),
  mediated: count(col('disposition').eq(lit('调解结案'))),
  amount: col('cents').sum(),
  quality_sum: col('quality_score').sum(),
  quality_scored: col('quality_score').count(),
  respondents: col('respondent').nUnique(),
};

const cases = pl.scanCSV(file, { hasHeader: true, schema, inferSchemaLength: 0 })
  .withColumns(days.alias('days'), col('amount').mul(lit(100)).round(0).cast(pl.Int64).alias('cents'));
const answer = await cases.groupBy('bureau_code').agg(...Object.entries(measures).map(([name, measure]) => measure.alias(name))).collect();
// A number holds its unit and year: it stands twice where the whole key does.
const numbers = await cases.select(col('case_no').count().alias('rows'), col('case_no').nUnique().alias('different')).collect();
const [rows, different] = numbers.row(0).map(Number);
const shown = (name, cell) => (cell === null ? null : name === 'amount' ? `${cell}e-2` : String(cell));
const names = Object.keys(measures);
const units = answer.rows().map(([unit, ...cells]) => [unit, ...cells.map((cell, i) => shown(names[i], cell))]);
console.log(JSON.stringify({ measures: names, units, duplicates: rows - different }));
