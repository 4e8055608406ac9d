import type { ListTypeVersion } from '#seeds';
import { shownFields } from '../register/public-entry.js';

/** A list type as the API shows it: the rule with its basis and how far it is confirmed, in words where it has codes. */
export function listTypeView(list: ListTypeVersion, texts: Readonly<Record<string, string>>): object {
  const { confirmed, unconfirmed, source, ...rule } = list;
  const early = list.earlyRemoval;
  const leaving = list.onApplication;
  const codes = [
    ...(early ? [...early.conditions, ...early.bars] : []),
    ...(leaving ? [...leaving.conditions, ...(leaving.grounds ?? [])] : []),
    ...Object.values(leaving?.conditionsOf ?? {}).flat(),
    ...[...(early?.alternatives ?? []), ...(leaving?.alternatives ?? [])].flatMap((way) => way.conditions),
  ];
  const { bound, who } = list.responsiblePersons;
  return {
    ...rule,
    published: list.publicList ? shownFields(list) : null,
    ends: list.term.untilPerformed ? 'performance' : list.term.endsOnApplication ? 'application' : 'term',
    // Each by an entry of its own, from its own service on; with the principal on early removal.
    boundWith: bound
      ? { who: who.map(({ capacity }) => capacity), from: 'own-service', until: 'own-term' }
      : null,
    conditionTexts: Object.fromEntries(codes.map((code) => [code, texts[code] ?? code])),
    confirmed,
    unconfirmed,
    source,
  };
}

export function listTypeSummary(list: ListTypeVersion): object {
  const {
    key,
    version,
    name,
    nameEn,
    serious,
    publicList,
    validFrom,
    validTo,
    confirmed,
    basis,
    conductKinds,
  } = list;
  return {
    key,
    version,
    name,
    nameEn,
    serious,
    publicList,
    validFrom,
    validTo,
    confirmed,
    basis,
    conductKinds,
  };
}
