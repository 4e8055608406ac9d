import { addDays, type LocalDate, type SubjectKind } from '#kernel';
import { type ListTypeVersion, loadSeeds } from '#seeds';
import { enterprise, type Opening, person as naturalPerson } from './story.js';

/* Every way into every list of seeds/list-types.json: each version, subject kind, kind of conduct and level. */

/** One version of one list, and the openings that its rule allows. */
export interface ListWalked {
  name: string;
  version: ListTypeVersion;
  openings: Opening[];
  /** So many of them that each subject kind, conduct kind, level, public standing and capacity occurs. */
  covering: Opening[];
}

/** Early enough that a year of the way lies within the loaded calendars, on a working day. */
export const EARLIEST: LocalDate = '2024-09-27';
/** Days into a version before which its first case is opened. */
const INTO_VERSION = 6;

const bornOn = '1980-05-05';

export const LISTS_WALKED: readonly ListWalked[] = loadSeeds('list-types').map((version) => ({
  name: `${version.key} of ${version.validFrom}`,
  version,
  ...openingsOf(version),
}));

function openingsOf(version: ListTypeVersion): Pick<ListWalked, 'openings' | 'covering'> {
  const openings = everyOpening(version);
  const seen = new Set<string>();
  const covering = openings.filter((opening) => {
    const fresh = traits(opening).filter((trait) => !seen.has(trait));
    fresh.forEach((trait) => seen.add(trait));
    return fresh.length > 0;
  });
  return { openings, covering };
}

function traits({ subject, conductKind, department, publicStanding, persons = [] }: Opening): string[] {
  const capacities = persons.map(({ capacity }) => `${subject!.kind} with ${capacity}`);
  return [subject!.kind, conductKind, department!.level, `as ${publicStanding}`, ...capacities];
}

function everyOpening(version: ListTypeVersion): Opening[] {
  return version.subjectKinds.flatMap((kind) =>
    version.conductKinds.flatMap((conduct) =>
      departmentsOf(version).flatMap((department) => {
        const opening: Opening = {
          list: version.key,
          conductKind: conduct.code,
          openedOn: openedOn(version),
          department,
          subject: subjectOf(kind),
          ...(kind === 'natural-person' ? { bornOn } : {}),
        };
        const standing = standingOf(kind);
        return [
          opening,
          ...(standing ? [{ ...opening, publicStanding: standing }] : []),
          ...(kind === 'natural-person' ? [] : withPersons(version, opening)),
        ];
      }),
    ),
  );
}

function openedOn({ validFrom }: ListTypeVersion): LocalDate {
  return validFrom <= EARLIEST ? EARLIEST : addDays(validFrom, INTO_VERSION);
}

function departmentsOf({ deciders }: ListTypeVersion): NonNullable<Opening['department']>[] {
  const unit = deciders.units[0]!;
  return deciders.levels
    .filter((level) => level !== 'county')
    .map((level) =>
      level === 'city' ? { id: `hlj.city.230100.${unit.split('.').at(-1)!}`, level } : { id: unit, level },
    );
}

function subjectOf(kind: SubjectKind): NonNullable<Opening['subject']> {
  return { ...enterprise, kind, code: kind === 'natural-person' ? null : enterprise.code };
}

/** Of whom others must be told (ordinance art. 32); a state organ is one by its kind. */
function standingOf(kind: SubjectKind): Opening['publicStanding'] {
  if (kind === 'natural-person') return 'staff';
  return kind === 'enterprise' || kind === 'public-institution' ? 'state-owned' : undefined;
}

/** The subject with one responsible person in each capacity that the list binds. */
function withPersons({ responsiblePersons }: ListTypeVersion, opening: Opening): Opening[] {
  return responsiblePersons.who.map(({ capacity }, index) => ({
    ...opening,
    persons: [
      {
        subject: { ...naturalPerson, id: `0192f0c4-6c00-7000-8000-00000000001${index}` },
        bornOn,
        capacity,
        evidence: '（虚构）刑初1号判决',
      },
    ],
  }));
}
