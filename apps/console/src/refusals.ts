import { defineRefusals } from '#kernel';

export const consoleRefusals = defineRefusals({
  'console.service-away': {
    kind: 'unavailable',
    zh: '服务 {service} 暂时不可用,请求未送达',
    en: 'The service {service} is away; the request did not reach it.',
    cureZh: '稍后原样重试',
    cureEn: 'Repeat the request as it was, a little later.',
  },
  'console.service-broke-off': {
    kind: 'unavailable',
    zh: '服务 {service} 在答复前中断,无法得知请求是否已生效',
    en: 'The service {service} broke off before it answered; the request may or may not have taken effect.',
    cureZh: '使用相同的 Idempotency-Key 原样重试;重复的请求只生效一次',
    cureEn: 'Repeat it with the same Idempotency-Key: it takes effect once, however often it arrives.',
  },
  'console.service-slow': {
    kind: 'unavailable',
    zh: '服务 {service} 未在 {seconds} 秒内答复',
    en: 'The service {service} did not answer within {seconds} seconds.',
    cureZh: '使用相同的 Idempotency-Key 原样重试,或将文件拆小',
    cureEn: 'Repeat it with the same Idempotency-Key, or send a smaller file.',
  },
  'console.address-invalid': {
    kind: 'malformed',
    zh: '地址无效: {reason}',
    en: 'The address is not valid: {reason}.',
    cureZh: '地址中不得包含 .. 或无法解码的字符',
    cureEn: 'Write it without .. and without characters that cannot be decoded.',
  },
  'console.schema-unknown': {
    kind: 'not-found',
    zh: '没有事件结构 {file}',
    en: 'There is no event schema {file}.',
    cureZh: '查看 /events 所列事件,地址为 /schemas/<type>.json',
    cureEn: 'See /events for the events; the address is /schemas/<type>.json.',
  },
  'console.issuer-away': {
    kind: 'unavailable',
    zh: '登录服务 {issuer} 暂时不可用',
    en: 'The login service {issuer} is away.',
    cureZh: '稍后重试',
    cureEn: 'Try again a little later.',
  },
});
