import type { ListTypeVersion } from '#seeds';

/** A list type as the API shows it: the rule with its basis and how far it is confirmed. */
export function listTypeView(list: ListTypeVersion): object {
  const { confirmed, unconfirmed, source, ...rule } = list;
  return { ...rule, confirmed, unconfirmed, source };
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
