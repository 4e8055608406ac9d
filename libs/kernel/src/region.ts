/** An administrative division by its six digits of GB/T 2260. */
export interface Region {
  code: string;
  zh: string;
  en: string;
  kind: 'province' | 'city' | 'prefecture';
}

export const HEILONGJIANG: Region = { code: '230000', zh: '黑龙江省', en: 'Heilongjiang', kind: 'province' };

/**
 * The 13 divisions below the province: 12 cities and 大兴安岭地区, a prefecture run by an administrative
 * office (行署); hence “市(地)政府(行署)” in the province's documents.
 */
export const HEILONGJIANG_DIVISIONS: readonly Region[] = [
  { code: '230100', zh: '哈尔滨市', en: 'Harbin', kind: 'city' },
  { code: '230200', zh: '齐齐哈尔市', en: 'Qiqihar', kind: 'city' },
  { code: '230300', zh: '鸡西市', en: 'Jixi', kind: 'city' },
  { code: '230400', zh: '鹤岗市', en: 'Hegang', kind: 'city' },
  { code: '230500', zh: '双鸭山市', en: 'Shuangyashan', kind: 'city' },
  { code: '230600', zh: '大庆市', en: 'Daqing', kind: 'city' },
  { code: '230700', zh: '伊春市', en: 'Yichun', kind: 'city' },
  { code: '230800', zh: '佳木斯市', en: 'Jiamusi', kind: 'city' },
  { code: '230900', zh: '七台河市', en: 'Qitaihe', kind: 'city' },
  { code: '231000', zh: '牡丹江市', en: 'Mudanjiang', kind: 'city' },
  { code: '231100', zh: '黑河市', en: 'Heihe', kind: 'city' },
  { code: '231200', zh: '绥化市', en: 'Suihua', kind: 'city' },
  { code: '232700', zh: '大兴安岭地区', en: "Daxing'anling", kind: 'prefecture' },
];

const BY_CODE = new Map([HEILONGJIANG, ...HEILONGJIANG_DIVISIONS].map((region) => [region.code, region]));

/** The province or one of its divisions; `undefined` for counties and for other provinces. */
export function regionByCode(code: string): Region | undefined {
  return BY_CODE.get(code);
}

/** The division that a code of six digits (a county, a development zone) belongs to by its first four. */
export function divisionOf(code: string): Region | undefined {
  return /^\d{6}$/.test(code) && !code.endsWith('0000') ? BY_CODE.get(`${code.slice(0, 4)}00`) : undefined;
}
