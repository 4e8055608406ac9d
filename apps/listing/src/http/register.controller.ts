import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, PageQuery, pageOf, pageRequest, Public, TextField } from '#platform';
import { shellRefusals } from '../refusals.js';
import { Register } from '../store/register.js';

/** A shorter part of a name would list half of the register. */
const SHORTEST_NAME = 2;

class RegisterQuery extends PageQuery {
  @TextField({
    max: 18,
    pattern: /^[0-9A-Za-z]{18}$/,
    optional: true,
    description: 'unified social credit code',
    example: '91230100MA1ABCDE8J',
  })
  code?: string;

  @TextField({
    max: 100,
    optional: true,
    description: 'part of the name of an organisation',
    example: '松江示例',
  })
  name?: string;

  @TextField({ max: 12, pattern: /^[A-Z]{2,12}$/, optional: true, description: 'list type', example: 'SAMR' })
  listType?: string;
}

/** The public register: what is published now, masked, for everyone. */
@ApiTags('public register')
@Public()
@Controller('public/listings')
export class RegisterController {
  constructor(
    private readonly database: Database,
    private readonly register: Register,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Published entries, newest first; who is off a list is not found here' })
  async search(@Query() query: RegisterQuery): Promise<object> {
    const { code, name, listType } = query;
    if (name !== undefined && [...name.trim()].length < SHORTEST_NAME) {
      throw shellRefusals.refusal('listing.search-too-short', { min: SHORTEST_NAME }, 'name');
    }
    const page = pageRequest(query);
    const search = {
      ...(code ? { code: code.toUpperCase() } : {}),
      ...(name ? { name: name.trim() } : {}),
      ...(listType ? { listType } : {}),
    };
    const entries = await this.register.search(this.database, search, page);
    return pageOf(entries, page, (entry) => [entry.publishedOn, entry.entryId]);
  }
}
