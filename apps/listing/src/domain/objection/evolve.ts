import type { ObjectionFact } from './facts.js';
import type { Filed, Objection, Open } from './objection.js';

/** The objection after a fact; the only place where its status is assigned. */
export function evolveObjection(objection: Objection | undefined, fact: ObjectionFact): Objection {
  if (fact.type === 'filed') {
    if (objection) throw new Error(`objection ${objection.id} is filed twice`);
    return fact.objection;
  }
  if (!objection) throw new Error(`${fact.type} before the objection is filed`);
  switch (fact.type) {
    case 'accepted': {
      const filed = live(objection);
      const handlers = withHandler(filed, fact.by.id);
      return { ...filed, status: 'open', acceptedOn: fact.on, clockFrom: fact.on, handlers, overdue: [] };
    }
    case 'not-accepted': {
      const { on: notAcceptedOn, reasons, remedies, by } = fact;
      const filed = live(objection);
      return { ...filed, status: 'not-accepted', notAcceptedOn, reasons, remedies, by, overdue: [] };
    }
    case 'help-requested': {
      const open = live(objection);
      const handlers = withHandler(open, fact.request.askedBy.id);
      // A mark of lateness goes with the day that was missed; that it was missed stays told and in the history.
      const overdue =
        fact.decisionDue === undefined ? open.overdue : open.overdue.filter((clock) => clock !== 'decision');
      return { ...open, help: [...open.help, fact.request], handlers, overdue };
    }
    case 'help-answered': {
      const open = live(objection);
      const help = open.help.map((one) => (one.id === fact.helpId ? { ...one, answer: fact.answer } : one));
      const late = help.some((one) => one.answer === null && one.late);
      return {
        ...open,
        help,
        overdue: late ? open.overdue : open.overdue.filter((clock) => clock !== 'help'),
      };
    }
    case 'paused': {
      const open = live(objection);
      const pauses = [...open.pauses, { why: fact.why, from: fact.on, to: null }];
      return { ...open, pauses, handlers: withHandler(open, fact.by.id) };
    }
    case 'resumed': {
      const open = live(objection);
      return { ...open, pauses: open.pauses.map((pause) => ({ ...pause, to: pause.to ?? fact.on })) };
    }
    case 'material-named': {
      const open = live(objection);
      const { text, on, by } = fact;
      const handlers = withHandler(open, by.id);
      return { ...open, material: { text, on, by, receivedOn: null }, clockFrom: null, handlers };
    }
    case 'material-time-over':
      return { ...live(objection), materialTimeOver: true };
    case 'material-received': {
      const open = live(objection);
      const { on, by } = fact;
      return {
        ...open,
        ...(open.material ? { material: { ...open.material, receivedOn: on } } : {}),
        materials: [...open.materials, ...fact.materials],
        clockFrom: on,
        handlers: by.department === null ? open.handlers : withHandler(open, by.id),
      };
    }
    case 'extended': {
      const open = live(objection);
      return { ...open, extension: fact.extension, handlers: withHandler(open, fact.extension.by.id) };
    }
    case 'decided': {
      const open = live(objection);
      const acceptedOn = open.status === 'open' ? open.acceptedOn : null;
      return { ...open, status: 'decided', acceptedOn, decision: fact.decision, overdue: [] };
    }
    case 'decision-served': {
      if (objection.status !== 'decided') throw new Error(`objection ${objection.id} is ${objection.status}`);
      return { ...objection, service: fact.delivery };
    }
    case 'withdrawn':
      return {
        ...live(objection),
        status: 'withdrawn',
        withdrawnOn: fact.on,
        ...(fact.begun === undefined ? {} : { begun: fact.begun }),
        ...(fact.begunOn === undefined ? {} : { begunOn: fact.begunOn }),
        overdue: [],
      };
    case 'lapsed':
      return { ...live(objection), status: 'lapsed', lapsedOn: fact.on, reason: fact.reason, overdue: [] };
    case 'days-set': {
      const before = live(objection);
      return { ...before, markDue: before.markDue ?? fact.markDue };
    }
    case 'overdue': {
      const { clock, helpId } = fact;
      const help = objection.help.map((one) => (one.id === helpId ? { ...one, late: true as const } : one));
      return { ...objection, help, overdue: [...new Set([...objection.overdue, clock])] };
    }
    default:
      return fact satisfies never;
  }
}

function live(objection: Objection): Filed | Open {
  if (objection.status !== 'filed' && objection.status !== 'open')
    throw new Error(`objection ${objection.id} is ${objection.status}`);
  return objection;
}

function withHandler({ handlers }: Objection, id: string): string[] {
  return [...new Set([...handlers, id])];
}
