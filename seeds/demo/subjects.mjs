import { citizenId, creditCode, dayAfter, dice } from './codes.mjs';

const REGIONS = [
  ['230100', '哈尔滨'],
  ['230100', '哈尔滨'],
  ['230100', '哈尔滨'],
  ['230200', '齐齐哈尔'],
  ['230600', '大庆'],
  ['231000', '牡丹江'],
  ['230800', '佳木斯'],
  ['230300', '鸡西'],
  ['230400', '鹤岗'],
  ['230500', '双鸭山'],
  ['230700', '伊春'],
  ['230900', '七台河'],
  ['231100', '黑河'],
  ['231200', '绥化'],
  ['232700', '大兴安岭'],
];
const WORDS =
  '白桦 金穗 北原 雪域 松岭 黑土 寒地 丰禾 兴林 云杉 润泽 远山 晨光 长河 瑞雪 稻香 青松 明泉'.split(' ');
const TRADES = [
  ['商贸', '批发零售'],
  ['食品', '食品生产'],
  ['粮油', '食品生产'],
  ['乳品', '食品生产'],
  ['医药', '药品经营'],
  ['医疗器械', '医疗器械经营'],
  ['建筑工程', '建筑'],
  ['装饰工程', '建筑'],
  ['物流', '道路运输'],
  ['客运', '道路运输'],
  ['机械制造', '制造'],
  ['化工', '化工'],
  ['检测技术', '检验检测'],
  ['科技', '软件和信息技术'],
  ['文化传媒', '广告'],
  ['旅行社', '旅游'],
  ['进出口贸易', '进出口'],
  ['房地产经纪', '房地产'],
];
const SHOPS = [
  '小吃店',
  '便利店',
  '理发店',
  '五金店',
  '水果店',
  '早餐铺',
  '药房',
  '汽车修理部',
  '服装店',
  '烧烤店',
];
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何'.split('');
const GIVEN = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'.split('');

/** How many of each kind: 200 together, all seven kinds. */
const COUNTS = {
  enterprise: 110,
  'individual-business': 32,
  'social-organisation': 12,
  'public-institution': 8,
  'government-body': 8,
  'other-organisation': 8,
  'natural-person': 22,
};

/** The fictitious subjects and the links between them. The same on every run. */
export function demoSubjects() {
  const chance = dice(20220521);
  const subjects = [];
  const add = (subject) => {
    subjects.push({ ref: `S${String(subjects.length + 1).padStart(3, '0')}`, ...subject });
    return subjects.at(-1);
  };
  const established = () => dayAfter('2003-01-01', chance.number(7300));
  const taken = new Set();
  const unused = (make) => {
    for (;;) {
      const name = make();
      if (!taken.has(name)) {
        taken.add(name);
        return name;
      }
    }
  };

  // The two that the tour walks with; the code of the first is the made-up one of the domain's examples.
  add({
    kind: 'enterprise',
    name: '松江示例商贸有限公司（虚构）',
    creditCode: '91230100MA1ABCDE8J',
    region: '230100',
    industry: '食品生产',
    establishedOn: '2015-06-18',
  });
  add({
    kind: 'enterprise',
    name: '嫩江示例建筑工程有限公司（虚构）',
    creditCode: creditCode('91', '230200', 2),
    region: '230200',
    industry: '建筑',
    establishedOn: '2012-03-09',
  });
  while (subjects.length < COUNTS.enterprise) {
    const [region, city] = chance.pick(REGIONS);
    const [trade, industry] = chance.pick(TRADES);
    const name = unused(() => `${city}${chance.pick(WORDS)}${trade}有限公司（虚构）`);
    const code = creditCode('91', region, subjects.length + 1);
    add({ kind: 'enterprise', name, creditCode: code, region, industry, establishedOn: established() });
  }
  organisations(
    'individual-business',
    '92',
    (city) => `${city}${chance.pick(WORDS)}${chance.pick(SHOPS)}（虚构）`,
  );
  organisations('social-organisation', ['51', '52', '53'], (city, prefix) => {
    const ending = { 51: '行业协会', 52: '养老服务中心', 53: '慈善基金会' }[prefix];
    return `${city}${chance.pick(WORDS)}${ending}（虚构）`;
  });
  organisations('public-institution', '12', (city) => `${city}${chance.pick(WORDS)}质量检验中心（虚构）`);
  organisations('government-body', '11', (city) => `${city}示例区${chance.pick(WORDS)}街道办事处（虚构）`);
  organisations('other-organisation', '93', (city) => `${city}${chance.pick(WORDS)}农民专业合作社（虚构）`);

  const persons = [];
  for (let index = 0; index < COUNTS['natural-person']; index += 1) {
    // The last one is a minor: lists must refuse it.
    const birthDate =
      index === COUNTS['natural-person'] - 1 ? '2015-06-01' : dayAfter('1965-01-01', index * 433);
    const name = `${SURNAMES[index % SURNAMES.length]}${GIVEN[(index * 7 + Math.floor(index / SURNAMES.length)) % GIVEN.length]}（虚构）`;
    const id = citizenId(birthDate, index);
    persons.push(add({ kind: 'natural-person', name, citizenId: id, region: '230100', birthDate }));
  }
  return { subjects, links: links() };

  function organisations(kind, prefixes, nameOf) {
    for (let index = 0; index < COUNTS[kind]; index += 1) {
      const [region, city] = chance.pick(REGIONS);
      const prefix = [prefixes].flat()[index % [prefixes].flat().length];
      const name = unused(() => nameOf(city, prefix));
      const code = creditCode(prefix, region, subjects.length + 1);
      add({ kind, name, creditCode: code, region, establishedOn: established() });
    }
  }

  /** Adults lead enterprises; some control a second one; some enterprises own another. */
  function links() {
    const enterprises = subjects.filter((subject) => subject.kind === 'enterprise');
    const adults = persons.slice(0, -1);
    const found = [];
    const link = (kind, organisation, party) => {
      found.push({
        kind,
        organisation: organisation.ref,
        party: party.ref,
        since: organisation.establishedOn,
      });
    };
    adults.forEach((person, index) => {
      link('legal-representative', enterprises[index], person);
      enterprises[index].legalRepresentative = person.name;
    });
    adults.slice(0, 8).forEach((person, index) => link('actual-controller', enterprises[40 + index], person));
    for (let index = 0; index < 12; index += 1)
      link('subsidiary', enterprises[index], enterprises[60 + index]);
    for (const subject of subjects) {
      if (subject.creditCode && subject.legalRepresentative === undefined) {
        subject.legalRepresentative = `${chance.pick(SURNAMES)}${chance.pick(GIVEN)}（虚构）`;
      }
    }
    return found;
  }
}
