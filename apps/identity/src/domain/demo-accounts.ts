import { type Unit, withSuccessors } from './unit.js';

/** A login of a person in the demonstration; its password is the same for all. */
export interface DemoPerson {
  username: string;
  name: string;
  unit: string | null;
  role: string;
}

/** A department's system in the demonstration. */
export interface DemoSystem {
  clientId: string;
  name: string;
  unit: string;
  secret: string;
}

export interface DemoAccounts {
  people: DemoPerson[];
  systems: DemoSystem[];
}

/** What the seeds say of who does what. */
export interface DemoSources {
  units: readonly Unit[];
  /** units that execute a discipline rule */
  executors: readonly string[];
  /** names of units that lead a measure, as printed in the provincial opinion */
  leads: readonly string[];
}

export const DEMO_PASSWORD = 'chengxin-demo';

const ROLE_NAMES: Record<string, string> = {
  handler: '经办人',
  reviewer: '审核人',
  approver: '审批人',
  'secrecy-reviewer': '保密审查人',
  'discipline-officer': '惩戒措施执行人',
  'lead-unit': '牵头单位联络人',
  evaluator: '信用评价人员',
  operator: '平台运维',
  auditor: '审计人员',
};

/** The four people whom one listing case needs; one department has four different logins for them. */
const CASE_ROLES = ['handler', 'reviewer', 'approver', 'secrecy-reviewer'];

/** The province's credit lead department: it keeps the grade model. */
const EVALUATING_UNIT = 'hlj.business-environment';

/**
 * The logins of the demonstration: for every unit a system and the people of a case, for every unit that
 * executes a discipline rule an officer, for every lead of a measure a contact. Where a reform named a
 * successor, the successor has the same logins: who must act depends on the day.
 */
export function demoAccounts({ units, executors, leads }: DemoSources): DemoAccounts {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  // "The units concerned" is a form of words; nobody logs in as one.
  const bodies = units.filter((unit) => unit.kind !== 'collective');
  const leading = bodies.filter((unit) => unit.seedName !== null && leads.includes(unit.seedName));
  const inLine = (ids: readonly string[]): Unit[] => [
    ...new Set(ids.flatMap((id) => withSuccessors(byId, id))),
  ];
  const people: DemoPerson[] = [
    ...bodies.flatMap((unit) => CASE_ROLES.map((role) => person(role, unit))),
    ...inLine(executors).map((unit) => person('discipline-officer', unit)),
    ...inLine(leading.map(({ id }) => id)).map((unit) => person('lead-unit', unit)),
    ...inLine([EVALUATING_UNIT]).map((unit) => person('evaluator', unit)),
    person('operator'),
    person('auditor'),
  ];
  const systems = bodies.map((unit) => ({
    clientId: `system.${unit.id}`,
    name: `${unit.name}业务系统(演示)`,
    unit: unit.id,
    secret: `demo-secret-${unit.id}`,
  }));
  return { people, systems };
}

function person(role: string, unit?: Unit): DemoPerson {
  return {
    username: unit ? `${role}.${unit.id}` : role,
    name: `${unit?.name ?? ''}${ROLE_NAMES[role]}(演示)`,
    unit: unit?.id ?? null,
    role,
  };
}
