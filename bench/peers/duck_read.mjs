// node duck_read.mjs FILE [THREADS]: DuckDB reads all 15 columns with explicit types and counts them. One line of JSON.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , file, threads = '2'] = process.argv;
const columns = {
  case_no: 'VARCHAR', bureau_code: 'VARCHAR', case_type: 'VARCHAR', channel: 'VARCHAR', accepted_date: 'DATE',
  filed_date: 'DATE', closed_date: 'DATE', disposition: 'VARCHAR', excluded_days: 'INTEGER', patent_type: 'VARCHAR',
  amount: 'DECIMAL(18,2)', published_date: 'DATE', transferred: 'INTEGER', quality_score: 'INTEGER',
  respondent: 'VARCHAR',
};
const types = Object.entries(columns).map(([name, type]) => `${name}: '${type}'`).join(', ');
const counts = Object.keys(columns).map((name) => `count(${name})`).join(', ');

const database = await DuckDBInstance.create(':memory:', { threads });
const connection = await database.connect();
await connection.run('SET autoinstall_known_extensions = false');
await connection.run('SET autoload_known_extensions = false');
const answer = await connection.runAndReadAll(
  `select count(*), ${counts} from read_csv('${file.replaceAll("'", "''")}', header = true, auto_detect = false, ` +
  `delim = ',', quote = '"', escape = '"', new_line = '\\n', buffer_size = 8000000, columns = {${types}})`); // what it is fastest with
const [rows, ...cells] = answer.getRows()[0].map(Number);
console.log(JSON.stringify({ rows, cells: cells.reduce((sum, count) => sum + count, 0) }));
