import { defineRefusals } from '#kernel';

export const clueRefusals = defineRefusals({
  'clue.not-found': {
    kind: 'not-found',
    zh: '没有线索 {id}',
    en: 'There is no clue {id}.',
    cureZh: '从 GET /api/clues 取得编号',
    cureEn: 'Take the id from GET /api/clues.',
  },
  'clue.answered-already': {
    kind: 'conflict',
    zh: '该线索已于 {answeredOn} 处理({statusZh})',
    en: 'The clue was answered on {answeredOn} ({status}).',
    cureZh: '如有新的情况,另行登记线索',
    cureEn: 'Register a new clue where there are new facts.',
  },
  'clue.document-missing': {
    kind: 'invalid',
    zh: '核实属实的线索须有认定文书(核查笔录、检查记录等)',
    en: 'A verified clue needs the document of finding (minutes of the check).',
    cureZh: '填写 document',
    cureEn: 'Send document.',
  },
  'clue.document-ahead': {
    kind: 'invalid',
    zh: '认定文书的日期不能晚于今天({today})',
    en: 'The document of finding cannot lie after today ({today}).',
    cureZh: '更正日期',
    cureEn: 'Correct its day.',
  },
  'clue.not-verified': {
    kind: 'conflict',
    zh: '线索尚未核实属实({statusZh}),不能据以立案',
    en: 'The clue is not verified ({status}); no case is opened on it.',
    cureZh: '先核实(POST /api/clues/{id}/answer)',
    cureEn: 'Verify it first (POST /api/clues/{id}/answer).',
  },
  'clue.used-already': {
    kind: 'conflict',
    zh: '已据该线索立案({caseId})',
    en: 'A case was opened on this clue already ({caseId}).',
    cureZh: '在该案件中办理',
    cureEn: 'Go on with that case.',
  },
});
