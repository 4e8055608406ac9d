import { defineRefusals } from '#kernel';

export const replayRefusals = defineRefusals({
  'messaging.replay-running': {
    kind: 'conflict',
    zh: '第 {generation} 次读取尚未完成',
    en: 'Reading {generation} has not come to its goal yet.',
    cureZh: '等待其完成后再开始',
    cureEn: 'Wait until it has.',
  },
  'messaging.nothing-to-replay': {
    kind: 'invalid',
    zh: '该服务没有 {name}',
    en: 'This service has no {name}.',
    cureZh: '查看该服务订阅的主题和读模型',
    cureEn: 'Look at the topics and read models of the service.',
  },
  'messaging.no-such-instant': {
    kind: 'invalid',
    zh: '没有时刻 {text}',
    en: 'There is no instant {text}.',
    cureZh: '按 RFC 3339 填写, 如 2026-11-27T08:00:00Z',
    cureEn: 'Write it as in RFC 3339: 2026-11-27T08:00:00Z.',
  },
  'messaging.unfit-snapshot': {
    kind: 'invalid',
    zh: '快照第 {line} 行: {fault}',
    en: 'Line {line} of the snapshot: {fault}.',
    cureZh: '重新填充; 在此之前该服务不消费',
    cureEn: 'Order the fill again; until then the service does not consume.',
  },
  'messaging.no-snapshot': {
    kind: 'not-found',
    zh: '该服务不提供主题 {topic} 的快照',
    en: 'This service gives no snapshot of the topic {topic}.',
    cureZh: '可提供: {possible}',
    cureEn: 'It gives: {possible}.',
  },
  'messaging.snapshot-source-unknown': {
    kind: 'conflict',
    zh: '不知道 {service} 服务的地址, 无法取得主题 {topic} 的快照',
    en: 'The address of {service}, which gives the snapshot of {topic}, is not known here.',
    cureZh: '设置 {setting}',
    cureEn: 'Set {setting}.',
  },
  'messaging.snapshot-source-away': {
    kind: 'unavailable',
    zh: '{service} 服务无法访问: {fault}',
    en: '{service} cannot be reached: {fault}.',
    cureZh: '该服务恢复后重试; 尚未清空任何数据',
    cureEn: 'Try again when it is back; nothing has been emptied.',
  },
  'messaging.snapshot-refused': {
    kind: 'conflict',
    zh: '{service} 服务未给出主题 {topic} 的快照: {status} {code}',
    en: '{service} did not give the snapshot of {topic}: {status} {code}.',
    cureZh: '查看该服务的答复; 尚未清空任何数据',
    cureEn: 'See what it answers to the same call; nothing has been emptied.',
  },
  'messaging.topic-begins-later': {
    kind: 'conflict',
    zh: '主题 {topic} 已删除最早的消息, 无法据此完整重建读模型',
    en: 'The topic {topic} no longer has its first messages: a read model rebuilt from it would be incomplete.',
    cureZh: '改用快照填充 (POST …/fills)',
    cureEn: 'Fill the read model from a snapshot instead (POST …/fills).',
  },
});
