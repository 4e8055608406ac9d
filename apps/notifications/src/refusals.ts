import { defineRefusals } from '#kernel';

export const notificationRefusals = defineRefusals({
  'notification.not-found': {
    kind: 'not-found',
    zh: '没有通知 {id}',
    en: 'There is no notice {id} for you.',
    cureZh: '从 GET /api/notifications 取得编号',
    cureEn: 'Take the id from GET /api/notifications.',
  },
  'notification.no-inbox': {
    kind: 'forbidden',
    zh: '该账号既不代表单位, 也不代表当事人',
    en: 'This login acts neither for a unit nor for a party.',
    cureZh: '使用单位或当事人账号',
    cureEn: 'Use the login of a unit or of a party.',
  },
  'webhook.not-found': {
    kind: 'not-found',
    zh: '没有订阅 {id}',
    en: 'There is no subscription {id} of your unit.',
    cureZh: '从 GET /api/webhooks 取得编号',
    cureEn: 'Take the id from GET /api/webhooks.',
  },
  'webhook.too-many': {
    kind: 'conflict',
    zh: '本单位已有 {limit} 个订阅',
    en: 'Your unit has {limit} subscriptions already.',
    cureZh: '先删除不用的订阅, 或在一个订阅中列出多种类型',
    cureEn: 'End one that is not used, or name several types in one subscription.',
  },
  'webhook.url-invalid': {
    kind: 'invalid',
    zh: '地址无效: {reason}',
    en: 'The address cannot be used: {reason}.',
    cureZh: '使用不含账号的 https 绝对地址',
    cureEn: 'Use an absolute https address without credentials.',
  },
  'webhook.type-unknown': {
    kind: 'invalid',
    zh: '没有事件类型 {type}',
    en: 'There is no event type {type}.',
    cureZh: '使用契约中的类型,如 cn.chengxin.listing.ended.v1',
    cureEn: 'Use a type of the contracts, for example cn.chengxin.listing.ended.v1.',
  },
});
