// node duck_measures.mjs FILE view|table [plain]: DuckDB computes the measures of bench/home/indicators/measures for each
// unit, by their own rules, and finds case numbers that stand twice; plain: without what needs every key at once. One line
// of JSON: the names of the measures, a row for each unit, the number of duplicates.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , file, mode, plain] = process.argv;
const types = { infringement: '侵权纠纷', counterfeit: '假冒专利', other: '其他纠纷' };
const channels = { on_the_spot: '现场提交', online: '网络平台', telephone: '电话举报', superior: '上级交办', other_office: '部门移送', post: '邮寄' };
const days = 'closed_date - filed_date';
const limit = `case case_type when '侵权纠纷' then 90 when '假冒专利' then 30 when '其他纠纷' then 60 end`;
const count = (condition) => `count(*) filter (where ${condition})`;
const measures = {
  cases: 'count(*)',
  filed: 'count(filed_date)',
  closed: 'count(closed_date)',
  ...Object.fromEntries(Object.entries(types).map(([id, word]) => [`filed_${id}`, count(`filed_date is not null and case_type = '${word}'`)])),
  ...Object.fromEntries(Object.entries(types).map(([id, word]) => [`closed_${id}`, count(`closed_date is not null and case_type = '${word}'`)])),
  closed_in_time: count(`${days} - excluded_days <= ${limit}`),
  days_sum: `sum(${days})::bigint`,
  days_median: `quantile_cont(${days}, 0.5)`,
  days_p90: `quantile_cont(${days}, 0.9)`,
  published: 'count(published_date)',
  published_in_20_days: count('published_date - closed_date <= 20'),
  ...Object.fromEntries(Object.entries(channels).map(([id, word]) => [`channel_${id}`, count(`channel = '${word}'`)])),
  transferred: count('transferred = 1'),
  mediated: count(`disposition = '调解结案'`),
  amount: 'sum(amount)::varchar',
  quality_sum: 'sum(quality_score)::bigint',
  quality_scored: 'count(quality_score)',
  ...(plain ? {} : { respondents: 'count(distinct respondent)' }),
};
const columns = {
  case_no: 'VARCHAR', bureau_code: 'VARCHAR', case_type: 'VARCHAR', channel: 'VARCHAR', accepted_date: 'DATE', filed_date: 'DATE',
  closed_date: 'DATE', disposition: 'VARCHAR', excluded_days: 'INTEGER', patent_type: 'VARCHAR', amount: 'DECIMAL(18,2)',
  published_date: 'DATE', transferred: 'INTEGER', quality_score: 'INTEGER', respondent: 'VARCHAR',
};

const database = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await database.connect();
await connection.run('SET autoinstall_known_extensions = false');
await connection.run('SET autoload_known_extensions = false');
const typed = Object.entries(columns).map(([name, type]) => `${name}: '${type}'`).join(', ');
await connection.run(
  `create ${mode} cases as select * from read_csv('${file.replaceAll("'", "''")}', header = true, auto_detect = false, ` +
  `delim = ',', quote = '"', escape = '"', new_line = '\\n', buffer_size = 8000000, columns = {${typed}})`);
const answer = await connection.runAndReadAll(
  `select bureau_code, ${Object.values(measures).join(', ')} from cases group by bureau_code order by bureau_code`);
let duplicates = null;
if (!plain) {
  const twice = await connection.runAndReadAll(
    'select coalesce(sum(n - 1), 0)::bigint from (select count(*) n from cases group by bureau_code, year(accepted_date), case_no having n > 1)');
  duplicates = Number(twice.getRows()[0][0]);
}
const shown = (cell) => (cell === null ? null : typeof cell === 'bigint' ? cell.toString() : String(cell));
console.log(JSON.stringify({ measures: Object.keys(measures), units: answer.getRows().map((row) => row.map(shown)), duplicates }));
