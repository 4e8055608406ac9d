import { defineRefusals } from '#kernel';

/** Refusals of the HTTP shell itself, the same in every service. */
export const requestRefusals = defineRefusals({
  'request.no-token': {
    kind: 'unauthenticated',
    zh: '请求未携带访问令牌', en: 'The request carries no access token.',
    cureZh: '向身份服务申请访问令牌,放入 Authorization: Bearer 请求头', cureEn: 'Get an access token from the identity service and send it as Authorization: Bearer.',
  },
  'request.token-expired': {
    kind: 'unauthenticated',
    zh: '访问令牌已过期', en: 'The access token has expired.',
    cureZh: '重新申请访问令牌后重试', cureEn: 'Get a new access token and repeat the request.',
  },
  'request.token-invalid': {
    kind: 'unauthenticated',
    zh: '访问令牌无效: {reason}', en: 'The access token is not valid: {reason}.',
    cureZh: '使用本平台身份服务签发的令牌', cureEn: 'Use a token that the configured issuer signed for this audience.',
  },
  'request.issuer-unavailable': {
    kind: 'unavailable',
    zh: '暂时无法取得签发机构的公钥', en: 'The keys of the token issuer cannot be read at the moment.',
    cureZh: '稍后重试', cureEn: 'Repeat the request later.',
  },
  'request.role-missing': {
    kind: 'forbidden',
    zh: '该操作需要以下角色之一: {roles}', en: 'This needs one of the roles: {roles}.',
    cureZh: '使用具有相应角色的账号,或请管理员授权', cureEn: 'Use a login with that role, or have it granted.',
  },
  'request.other-department': {
    kind: 'forbidden',
    zh: '该数据属于其他部门({owner})', en: 'This belongs to another department ({owner}).',
    cureZh: '由所属部门办理', cureEn: 'Have the department that owns it act.',
  },
  'request.idempotency-key-missing': {
    kind: 'malformed',
    zh: '创建类请求必须携带 Idempotency-Key', en: 'A request that creates something needs an Idempotency-Key header.',
    cureZh: '生成一个唯一值(如 UUID)放入 Idempotency-Key;重试时使用同一个值', cureEn: 'Send a unique value (a UUID) as Idempotency-Key and the same value when you repeat the request.',
  },
  'request.idempotency-key-invalid': {
    kind: 'malformed',
    zh: 'Idempotency-Key 只能是 1 至 128 个可见 ASCII 字符', en: 'An Idempotency-Key has 1 to 128 visible ASCII characters.',
    cureZh: '使用 UUID', cureEn: 'Use a UUID.',
  },
  'request.idempotency-key-reused': {
    kind: 'conflict',
    zh: 'Idempotency-Key {key} 已用于另一个请求', en: 'The Idempotency-Key {key} was used for another request.',
    cureZh: '新的请求使用新的键;重试时请求内容须与首次完全相同', cureEn: 'Use a new key for a new request; a repeated request must be the same as the first.',
  },
  'request.if-match-missing': {
    kind: 'precondition-required',
    zh: '修改必须携带 If-Match', en: 'A change needs an If-Match header.',
    cureZh: '先读取对象,把 ETag 的值放入 If-Match', cureEn: 'Read the object and send its ETag as If-Match.',
  },
  'request.if-match-invalid': {
    kind: 'malformed',
    zh: 'If-Match 不是本平台签发的 ETag', en: 'If-Match is not an ETag of this platform.',
    cureZh: '原样使用读取时得到的 ETag', cureEn: 'Use the ETag as it was read.',
  },
  'request.if-match-stale': {
    kind: 'stale',
    zh: '对象已被更改: 当前版本 {current}, 请求版本 {given}', en: 'The object has changed: it is at version {current}, the request names {given}.',
    cureZh: '重新读取后再试', cureEn: 'Read it again and decide anew.',
  },
  'request.body-malformed': {
    kind: 'malformed',
    zh: '请求体无法解析: {reason}', en: 'The body cannot be read: {reason}.',
    cureZh: '发送有效的 UTF-8 JSON', cureEn: 'Send valid JSON in UTF-8.',
  },
  'request.body-too-large': {
    kind: 'too-large',
    zh: '请求体超过 {limit} 字节', en: 'The body is larger than {limit} bytes.',
    cureZh: '拆分请求,或使用批量接口', cureEn: 'Split the request, or use the batch endpoint.',
  },
  'request.body-too-deep': {
    kind: 'malformed',
    zh: 'JSON 嵌套超过 {limit} 层', en: 'The JSON is nested deeper than {limit} levels.',
    cureZh: '减少嵌套', cureEn: 'Nest less deeply.',
  },
  'request.forbidden-key': {
    kind: 'malformed',
    zh: 'JSON 含有禁止的键 {key}', en: 'The JSON has the forbidden key {key}.',
    cureZh: '删除该键', cureEn: 'Remove the key.',
  },
  'request.forbidden-character': {
    kind: 'malformed',
    zh: '字段 {field} 含有 NUL 或不成对的代理字符', en: 'The field {field} has a NUL character or a lone surrogate.',
    cureZh: '清除该字符后重试', cureEn: 'Remove the character and repeat the request.',
  },
  'request.field-invalid': {
    kind: 'invalid',
    zh: '请求有 {count} 处不合要求', en: 'The request has {count} field(s) that do not fit.',
    cureZh: '按 errors 中的说明修改', cureEn: 'Mend what errors names.',
  },
  'request.unsupported-media-type': {
    kind: 'unsupported',
    zh: '不支持的内容类型 {type}', en: 'The content type {type} is not supported.',
    cureZh: '使用 application/json', cureEn: 'Use application/json.',
  },
  'request.not-found': {
    kind: 'not-found',
    zh: '没有 {what}', en: 'There is no {what}.',
    cureZh: '检查地址或编号', cureEn: 'Check the address or the id.',
  },
  'request.method-not-allowed': {
    kind: 'not-found',
    zh: '该地址不支持此方法', en: 'This address does not know the method.',
    cureZh: '查阅 OpenAPI 文档', cureEn: 'See the OpenAPI document.',
  },
  'request.database-unavailable': {
    kind: 'unavailable',
    zh: '数据库暂时不可用', en: 'The database is not available at the moment.',
    cureZh: '稍后以同一 Idempotency-Key 重试', cureEn: 'Repeat the request later with the same Idempotency-Key.',
  },
  'request.internal': {
    kind: 'internal',
    zh: '内部错误, 已记录, 追踪号 {traceId}', en: 'An internal error was recorded under trace {traceId}.',
    cureZh: '联系运维人员并提供追踪号', cureEn: 'Tell the operators the trace id.',
  },
});
