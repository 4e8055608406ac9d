import { citizenIdCheckCharacter, creditCodeCheckCharacter, organisationCheckCharacter } from '#kernel';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A fictitious enterprise of Harbin with a code that passes both checks; `seed` makes it one of this run. */
export function fictitiousEnterprise(seed: number): { code: string; name: string } {
  return fictitiousOrganisation('91', seed);
}

/** @param prefix 91 enterprise, 51 social organisation, 11 state organ, 12 public institution (GB 32100-2015) */
export function fictitiousOrganisation(
  prefix: '91' | '51' | '11' | '12',
  seed: number,
): { code: string; name: string } {
  let body = 'MC'; // organisation codes of this prefix are made up
  for (let rest = seed, i = 0; i < 6; i++, rest = Math.floor(rest / ALPHABET.length))
    body += ALPHABET[rest % ALPHABET.length];
  const organisation = body + organisationCheckCharacter(body);
  const code = `${prefix}230100${organisation}`;
  return {
    code: code + creditCodeCheckCharacter(code),
    name: `松江示例第${seed % 1_000_000}号商贸有限公司（虚构）`,
  };
}

/** A fictitious person born on 1980-05-05, of a county that does not exist (230199). */
export function fictitiousPerson(seed: number): { citizenId: string; name: string; bornOn: string } {
  const first17 = `23019919800505${String(seed % 1_000).padStart(3, '0')}`;
  return {
    citizenId: first17 + citizenIdCheckCharacter(first17),
    name: '李示例（虚构）',
    bornOn: '1980-05-05',
  };
}

/** The bureau's own code, as fictitious as the rest. */
const BUREAU_CODE = (() => {
  const organisation = `MB1A0000${organisationCheckCharacter('MB1A0000')}`;
  return `11230100${organisation}${creditCodeCheckCharacter(`11230100${organisation}`)}`;
})();

export interface PenaltyRow {
  [field: string]: string;
}

/** One penalty in the national field names (双公示, domain facts §7e). */
export function penalty(
  of: { code: string; name: string },
  no: string,
  facts: Partial<PenaltyRow> = {},
): PenaltyRow {
  return {
    CF_XDR_MC: of.name,
    CF_XDR_LB: '法人及非法人组织',
    CF_XDR_SHXYM: of.code,
    CF_FRDB: '张示例',
    CF_WSH: no,
    CF_WFXW: '生产经营不符合食品安全标准的食品',
    CF_SY: '经抽样检验,所生产食品的添加剂含量超过标准,情节严重(虚构)',
    CF_YJ: '《中华人民共和国食品安全法》第一百二十四条',
    CF_CFLB: '罚款',
    CF_NR: '罚款520000元',
    CF_NR_FK: '52',
    CF_JDRQ: '2024-10-28',
    CF_CFJG: '哈尔滨市市场监督管理局',
    CF_CFJGDM: BUREAU_CODE,
    CF_SJLY: '哈尔滨市市场监督管理局',
    CF_SJLYDM: BUREAU_CODE,
    ...facts,
  } as PenaltyRow;
}

/** A penalty of the person who is responsible for it. */
export function penaltyOfPerson(
  { citizenId, name }: { citizenId: string; name: string },
  no: string,
  facts: Partial<PenaltyRow>,
): PenaltyRow {
  const { CF_XDR_SHXYM: _code, CF_FRDB: _representative, ...row } = penalty({ code: '', name }, no, facts);
  return { ...row, CF_XDR_LB: '自然人', CF_XDR_ZJLX: '身份证', CF_XDR_ZJHM: citizenId };
}

export interface PenaltyFile {
  csv: string;
  rows: number;
  /** line of the file (the header is line 1) → field and code of the refusal that it must get */
  wrong: Map<number, { field: string; code: string }>;
}

const FAULTS: { field: string; value: string; code: string }[] = [
  { field: 'CF_XDR_SHXYM', value: '914403001922038217', code: 'record.credit-code-check-character' },
  { field: 'CF_XDR_SHXYM', value: '91350100M000100Y4Z', code: 'record.credit-code-alphabet' },
  { field: 'CF_XDR_SHXYM', value: '9144030019220382', code: 'record.credit-code-length' },
  { field: 'CF_WFXW', value: '', code: 'record.field-required' },
  { field: 'CF_JDRQ', value: '2099-01-04', code: 'record.date-in-future' },
  { field: 'CF_JDRQ', value: '2024-02-30', code: 'record.field-format' },
  { field: 'CF_XDR_LB', value: '公司', code: 'record.field-choice' },
  { field: 'CF_WSH', value: '长'.repeat(200), code: 'record.field-too-long' },
];

/** 500 penalties of which every 25th row is wrong in one field. */
export function penaltyFile(run: number): PenaltyFile {
  const wrong: PenaltyFile['wrong'] = new Map();
  const lines: string[] = [];
  const rows = 500;
  for (let i = 0; i < rows; i++) {
    const of = fictitiousEnterprise(run * 1000 + (i % 120) + 1);
    const row = penalty(of, `哈市监罚〔2024〕${run}-${i}号（虚构）`, {
      CF_CFLB: i % 3 === 0 ? '警告' : '罚款',
      CF_NR: i % 3 === 0 ? '警告' : '罚款30000元',
      CF_NR_FK: i % 3 === 0 ? '' : '3',
      CF_JDRQ: `2024-0${1 + (i % 9)}-1${i % 9}`,
    });
    if (i === 0) lines.push(Object.keys(row).join(','));
    if (i % 25 === 24) {
      const fault = FAULTS[Math.floor(i / 25) % FAULTS.length]!;
      row[fault.field] = fault.value;
      wrong.set(i + 2, { field: fault.field, code: fault.code });
    }
    lines.push(
      Object.values(row)
        .map((value) => `"${value.replaceAll('"', '""')}"`)
        .join(','),
    );
  }
  return { csv: `${lines.join('\r\n')}\r\n`, rows, wrong };
}
