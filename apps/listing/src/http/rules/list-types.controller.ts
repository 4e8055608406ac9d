import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Clock, DateField, requestRefusals } from '#platform';
import { differencesOf } from '../../domain/rules/differences.js';
import { listTypeSummary, listTypeView } from '../../queries/list-type-view.js';
import { RuleBook } from '../../store/rule-book.js';

class AsOf {
  @DateField({
    optional: true,
    description: 'the day of which the rules are asked; today when absent',
    example: '2025-12-24',
  })
  asOf?: string;
}

class Versions {
  @DateField({ description: 'version', example: '2021-09-01' })
  from!: string;

  @DateField({ description: 'version', example: '2025-12-25' })
  to!: string;
}

/** Lists and their rules by version, each with its legal basis and how far it is confirmed. */
@ApiTags('list types')
@Controller('api/list-types')
export class ListTypesController {
  constructor(
    private readonly ruleBook: RuleBook,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Allow()
  @ApiOperation({ summary: 'List types in force on a day' })
  list(@Query() { asOf }: AsOf): object {
    const day = asOf ?? this.clock.today();
    return { asOf: day, items: this.ruleBook.listTypesOn(day).map(listTypeSummary) };
  }

  @Get(':key/differences')
  @Allow()
  @ApiOperation({ summary: 'What differs between two versions of a list, field by field' })
  differences(@Param('key') key: string, @Query() { from, to }: Versions): object {
    const [earlier, later] = [from, to].map((version) => {
      const found = this.ruleBook.versionsOf(key).find((list) => list.version === version);
      if (found) return found;
      throw requestRefusals.refusal('request.not-found', { what: `${key.slice(0, 20)} of ${version}` });
    });
    return { key, from, to, items: differencesOf(earlier, later) };
  }

  @Get(':key')
  @Allow()
  @ApiOperation({ summary: 'The rules of one list as they stood on a day, and which versions there are' })
  one(@Param('key') key: string, @Query() { asOf }: AsOf): object {
    const day = asOf ?? this.clock.today();
    const versions = this.ruleBook
      .versionsOf(key)
      .map(({ version, validFrom, validTo }) => ({ version, validFrom, validTo }));
    const list = this.ruleBook.versionOn(key, day);
    if (!list)
      throw requestRefusals.refusal('request.not-found', { what: `list type ${key.slice(0, 20)} on ${day}` });
    // `version` is a date here, so it makes no ETag.
    return { asOf: day, versions, ...listTypeView(list, this.ruleBook.conditionTexts) };
  }
}
