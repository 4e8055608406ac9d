import {
  allContracts,
  type Contract,
  heardBy,
  HEARERS,
  sampleEvent,
  type Schema,
  TOPIC_HOLDS,
  TOPICS,
} from '#contracts';
import { escapeHtml, page } from '../pages/html.js';
import { fieldsOf } from './fields.js';

const AUDIENCES: Record<Contract['audience'], string> = {
  restricted: '仅办案机关 restricted',
  government: '政务内部 government',
  public: '社会公开 public',
};

/** Every event for readers: topic by topic, with fields, example, who sends and who receives. */
export function eventsPage(prefix: string): string {
  const sections = TOPICS.map((topic) => {
    const events = allContracts.filter((contract) => contract.topic === topic);
    return `<h2 id="${topic}"><code>${escapeHtml(prefix)}.${topic}</code></h2>
<p>${escapeHtml(TOPIC_HOLDS[topic])}</p>
${events.map(eventPart).join('\n')}`;
  });
  return page(
    '事件 Events · 诚信 Chengxin',
    `<p><a href="/">诚信 Chengxin</a></p>
<h1>事件 <small>Events</small></h1>
<p>各服务之间、以及向下游系统传递的全部事件。每条为 CloudEvents 1.0 JSON,键为主体编号,同一主体同一主题内按 <code>sequence</code> 连续编号;至少送达一次,重复者 <code>id</code> 相同。<br>
<small>All events between the services and to downstream systems: CloudEvents 1.0 in JSON, keyed by the subject, numbered without gap by <code>sequence</code> within subject and topic; delivered at least once, a repetition has the same <code>id</code>.</small></p>
<ul>
<li><a href="/asyncapi.json">AsyncAPI 3.0</a> <small>(JSON)</small></li>
<li><code>dataschema</code> <code>urn:chengxin:schema:&lt;type&gt;</code> → <code>/schemas/&lt;type&gt;.json</code></li>
</ul>
<p>${TOPICS.map((topic) => `<a href="#${topic}">${topic}</a>`).join(' · ')}</p>
${sections.join('\n')}`,
  );
}

function eventPart(contract: Contract): string {
  const { type, audience, description, source, data } = contract;
  const hearers = Object.keys(HEARERS).filter((service) =>
    heardBy(service)!.some((heard) => heard.type === type),
  );
  const fields = fieldsOf(data as unknown as Schema).map(
    ({ name, what, required, description: more }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required ? '' : ' <small>可选 optional</small>'}</td><td>${escapeHtml(what)}${more ? `<br><small>${escapeHtml(more)}</small>` : ''}</td></tr>`,
  );
  return `<details id="${type}"><summary><code>${type}</code> <small>${AUDIENCES[audience]}</small><br>${escapeHtml(description)}</summary>
<p><small>发送 sent by</small> ${source.slice(1)} · <small>接收 received by</small> ${hearers.join(', ') || '<small>下游 downstream</small>'} · <a href="/schemas/${type}.json">JSON Schema</a></p>
<table>
${fields.join('\n')}
</table>
<pre>${escapeHtml(JSON.stringify(sampleEvent(contract), null, 2))}</pre>
</details>`;
}
