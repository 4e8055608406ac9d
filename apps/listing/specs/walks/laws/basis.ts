import { stayOf } from '../../../src/domain/repair/staying.js';
import type { Law } from './look.js';

/* On what an entry rests, and with whom it falls or stops. */

export const BASIS: readonly Law[] = [
  {
    name: 'nothing stands, and nobody is disciplined, without basis',
    article: '黑龙江省社会信用条例 art. 38',
    check: ({ state, is }) => {
      const baseless = state.documents.length === 0 && state.records.every(({ withdrawn }) => withdrawn);
      if (!baseless) return;
      if (is.heard.disciplined) return 'disciplined, and nothing is left of the basis';
      if ('decision' in state && !('end' in state))
        return `${state.status}, and nothing is left of the basis`;
      return 'entry' in state && state.entry.site?.status === 'shown' && '信用中国 shows it';
    },
  },
  {
    name: 'what is stayed is carried out by nobody, and shown nowhere',
    article: '行政复议法 art. 42, 行政诉讼法 art. 56',
    check: ({ state, is, world }) => {
      if (!stayOf(state)) return;
      if (state.status === 'in-force') return 'in force';
      if (is.heard.register || is.heard.disciplined) return 'on the register, or disciplined';
      if ('entry' in state && state.entry.site?.status === 'shown') return '信用中国 shows it';
      const carried = world
        .clocks(state)
        .find(({ clock }) => ['publication', 'grace', 'letter-answer', 'performance-order'].includes(clock));
      return carried && `${carried.clock} is waited for`;
    },
  },
  {
    name: 'whoever was bound for the conduct of the principal leaves with it',
    article: '人力资源和社会保障部令第45号 art. 14',
    check: ({ state, world }) => {
      if (state.file.principal === null) return;
      const principal = world.cases.find((one) => one.state.id === state.file.principal)!.state;
      const left =
        principal.status === 'withdrawn' || ('end' in principal && principal.end.kind !== 'expired');
      return left && !LEFT.has(state.status) && `${state.status}, the principal is ${principal.status}`;
    },
  },
];

const LEFT: ReadonlySet<string> = new Set(['withdrawn', 'reminded', 'ended', 'closed']);
