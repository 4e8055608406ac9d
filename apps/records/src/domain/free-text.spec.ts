import { describe, expect, test } from '@jest/globals';
import { withoutPerson } from './free-text.js';

describe('free text that leaves the service', () => {
  test('names the person of the record only masked', () => {
    expect(withoutPerson('张示例无证经营,张示例拒不改正（虚构）', '张示例')).toBe(
      '张*无证经营,张*拒不改正（虚构）',
    );
    expect(withoutPerson('张某无证经营', '张')).toBe('张某无证经营');
  });

  test('has no citizen number and no mobile number, whosever', () => {
    expect(withoutPerson('身份证23010019900307001X,电话13945678901（虚构）', '张示例')).toBe(
      '身份证230***********001X,电话139****8901（虚构）',
    );
  });

  test.each(['91230100MA1ABCDE8J', '罚款520000元', '哈市监罚〔2024〕101号', '1234567890123456789'])(
    'leaves %s alone',
    (text) => expect(withoutPerson(text, '张示例')).toBe(text),
  );
});
