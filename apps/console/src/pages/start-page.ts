import { type ServiceName, SERVICES } from '../proxy/prefixes.js';
import { page } from './html.js';

const DOES: Record<ServiceName, { zh: string; en: string }> = {
  identity: { zh: '单位、账号与登录', en: 'units, logins, the OpenID provider' },
  records: { zh: '信用主体、信用信息与信用档案', en: 'subjects, credit records, the credit file' },
  listing: { zh: '名单认定、送达、公示与修复', en: 'listing cases, publication, repair' },
  measures: { zh: '45项工作举措与惩戒措施', en: 'the 45 measures, discipline actions' },
  grading: { zh: '信用评价模型与等级', en: 'grade models and grades' },
  notifications: { zh: '通知与回调', en: 'notices, signed webhooks' },
};

/** What a visitor finds at the console's address. */
export function startPage(): string {
  const rows = SERVICES.map(
    (name) =>
      `<tr><td><a href="/docs/${name}/">${name}</a></td><td>${DOES[name].zh}<br><small>${DOES[name].en}</small></td></tr>`,
  );
  return page(
    '诚信 Chengxin',
    `<h1>诚信 <small>Chengxin</small></h1>
<p>省级公共信用平台:由事件驱动,从认定到修复。<br>
<small>A provincial public-credit platform, driven by events from listing to repair.</small></p>
<p>此页仅为入口,尚无业务界面;业务请用下列接口办理。<br>
<small>This page is only the way in. There is no user interface yet: the work is done through the interfaces below.</small></p>
<ul>
<li><a href="/login">登录 Sign in</a></li>
<li><a href="/public/listings">公示名单 Public register</a> <small>(JSON)</small></li>
<li><a href="/docs">接口文档(全部) API of all services</a> · <a href="/openapi.json">OpenAPI 3.1</a></li>
<li><a href="/events">事件文档(全部) Events of all services</a> · <a href="/asyncapi.json">AsyncAPI 3.0</a></li>
<li><a href="/health/ready">运行状况 Health of this console</a> <small>(JSON; of all services, for operators: <code>GET /api/operations/health</code>)</small></li>
</ul>
<h2>各服务的接口文档 API by service</h2>
<table>
${rows.join('\n')}
</table>`,
  );
}
