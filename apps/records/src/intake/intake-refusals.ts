import { defineRefusals } from '#kernel';

/** What can be wrong with an uploaded file, as a whole or in the form of one row. */
export const intakeRefusals = defineRefusals({
  'batch.media-type': {
    kind: 'unsupported',
    zh: '不支持的内容类型 {type}',
    en: 'A batch cannot be sent as {type}.',
    cureZh: '使用 text/csv 或 application/x-ndjson',
    cureEn: 'Send text/csv or application/x-ndjson.',
  },
  'batch.too-large': {
    kind: 'too-large',
    zh: '文件超过 {limit} 字节;此前各行已处理 {rows} 行',
    en: 'The file is larger than {limit} bytes; {rows} rows before that were processed.',
    cureZh: '拆分文件后重新报送,已接收的行按重复处理',
    cureEn: 'Split the file and send it again; rows that were taken count as duplicates.',
  },
  'batch.encoding': {
    kind: 'malformed',
    zh: '文件不是 UTF-8 编码;此前各行已处理 {rows} 行',
    en: 'The file is not in UTF-8; {rows} rows before that were processed.',
    cureZh: '另存为“CSV UTF-8(逗号分隔)”后重新报送(GBK、UTF-16 等编码不接收)',
    cureEn: 'Save it as “CSV UTF-8” and send it again (GBK and UTF-16 are not read).',
  },
  'batch.broken-off': {
    kind: 'malformed',
    zh: '上传中断;此前各行已处理 {rows} 行',
    en: 'The upload broke off after {rows} rows.',
    cureZh: '以同一 Idempotency-Key 重新报送整个文件,已接收的行按重复处理',
    cureEn:
      'Send the whole file again with the same Idempotency-Key; rows that were taken count as duplicates.',
  },
  'batch.empty': {
    kind: 'invalid',
    zh: '文件没有数据行',
    en: 'The file has no rows.',
    cureZh: '首行为字段名,其后每行一条信息',
    cureEn: 'The first line holds the field names, each line after it one record.',
  },
  'batch.column-unknown': {
    kind: 'invalid',
    zh: '表头第 {position} 列“{column}”不是该类信息的字段',
    en: 'Column {position} of the header, “{column}”, is not a field of this record type.',
    cureZh: '使用 GET /api/record-types 列出的字段名,列间以英文逗号分隔',
    cureEn: 'Use the field names that GET /api/record-types lists, separated by commas.',
  },
  'batch.column-repeated': {
    kind: 'invalid',
    zh: '表头的列“{column}”重复',
    en: 'The header has the column “{column}” twice.',
    cureZh: '删除重复的列',
    cureEn: 'Remove one of them.',
  },
  'batch.column-missing': {
    kind: 'invalid',
    zh: '表头缺少必填列“{column}”',
    en: 'The header lacks the required column “{column}”.',
    cureZh: '补充该列及其内容',
    cureEn: 'Add the column and its content.',
  },
  'batch.key-taken': {
    kind: 'conflict',
    zh: '另一个请求正以同一 Idempotency-Key 上传此文件',
    en: 'Another request with this Idempotency-Key has taken over the upload.',
    cureZh: '等待其完成后以同一键查询结果',
    cureEn: 'Wait until it is done and repeat the request with the same key.',
  },
  'record.row-too-long': {
    kind: 'invalid',
    zh: '该行超过 {limit} 个字符',
    en: 'The row is longer than {limit} characters.',
    cureZh: '检查引号是否成对,或缩短内容',
    cureEn: 'Check that quotes are closed, or shorten the row.',
  },
  'record.row-quote-open': {
    kind: 'invalid',
    zh: '该行有未闭合的引号',
    en: 'A quote of the row is never closed.',
    cureZh: '补上引号;内容中的引号写成两个',
    cureEn: 'Close it; a quote inside a text is written twice.',
  },
  'record.row-quote-stray': {
    kind: 'invalid',
    zh: '该行的引号之后有多余内容',
    en: 'Text follows a closing quote of the row.',
    cureZh: '内容中的引号写成两个',
    cureEn: 'Write a quote inside a text twice.',
  },
  'record.row-too-many-cells': {
    kind: 'invalid',
    zh: '该行有 {cells} 列,表头只有 {columns} 列',
    en: 'The row has {cells} cells, the header {columns} columns.',
    cureZh: '含有逗号的内容加上引号',
    cureEn: 'Put texts with commas in quotes.',
  },
  'record.row-not-json': {
    kind: 'invalid',
    zh: '该行不是 JSON 对象({reason})',
    en: 'The line is not a JSON object ({reason}).',
    cureZh: '每行一个 JSON 对象',
    cureEn: 'Put one JSON object on each line.',
  },
});
