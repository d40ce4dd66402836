// node excel_read.mjs FILE: exceljs streams the workbook's rows and counts cells that hold something. One line of JSON.
import ExcelJS from 'exceljs';

const [, , file] = process.argv;
const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, {
  worksheets: 'emit', sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', entries: 'ignore',
});
let rows = 0;
let cells = 0;
for await (const sheet of reader) {
  for await (const row of sheet) {
    rows += 1;
    if (rows > 1) row.eachCell((cell) => { cells += cell.value === null ? 0 : 1; });
  }
}
console.log(JSON.stringify({ rows: rows - 1, cells }));
