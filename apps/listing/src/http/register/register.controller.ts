import { Controller, Get, Inject, Query, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  Database,
  DateField,
  IntegerField,
  LOGGER,
  type Logger,
  PageQuery,
  pageOf,
  pageRequest,
  Public,
  TextField,
  streamed,
} from '#platform';
import { shellRefusals } from '../../refusals.js';
import { RegisterFile } from '../../register/register-file.js';
import { Snapshots } from '../../register/snapshots.js';
import { RegisterChanges } from '../../store/register-changes.js';
import { Register } from '../../store/register.js';

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

  @DateField({
    optional: true,
    description: 'only entries shown on that day, as they were shown, of those that are still shown',
    example: '2025-01-31',
  })
  asOf?: string;
}

class ChangesQuery {
  @IntegerField({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
    description: '`next` of the answer before, or `version` of a file; from the beginning when absent',
  })
  after?: number;

  @IntegerField({ min: 1, max: 1000, optional: true, description: 'changes of an answer, 200 when absent' })
  limit?: number;
}

/** Each reads the whole register; more at once would take the database from those who work with it. */
const FILES_AT_ONCE = 2;

/** The public register: what is published now, masked, for everyone. */
@ApiTags('public register')
@Public()
@Controller('public/listings')
export class RegisterController {
  #files = 0;

  constructor(
    private readonly database: Database,
    private readonly register: Register,
    private readonly changes: RegisterChanges,
    private readonly wholeFile: RegisterFile,
    private readonly snapshots: Snapshots,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Published entries, newest first; who is off a list is not found here' })
  async search(@Query() query: RegisterQuery): Promise<object> {
    const { code, name, listType, asOf } = query;
    if (name !== undefined && [...name.trim()].length < SHORTEST_NAME) {
      throw shellRefusals.refusal('listing.search-too-short', { min: SHORTEST_NAME }, 'name');
    }
    const page = pageRequest(query);
    const search = {
      ...(code ? { code: code.toUpperCase() } : {}),
      ...(name ? { name: name.trim() } : {}),
      ...(listType ? { listType } : {}),
      ...(asOf ? { asOf } : {}),
    };
    const entries = await this.register.search(this.database, search, page);
    return pageOf(entries, page, (entry) => [entry.publishedOn, entry.entryId]);
  }

  @Get('changes')
  @ApiOperation({
    summary:
      'Entries that changed after a position, as they stand now; without content when off the register',
  })
  async since(@Query() { after = 0, limit = 200 }: ChangesQuery): Promise<object> {
    await this.changes.number();
    const found = await this.changes.after(this.database, after, limit + 1);
    const items = found.slice(0, limit);
    return { items, next: items.at(-1)?.position ?? after, upToDate: found.length <= limit };
  }

  @Get('snapshots')
  @ApiOperation({ summary: 'Version, number of entries and digest of the whole register, day by day' })
  async proofs(): Promise<object> {
    return { items: await this.snapshots.newest(this.database, 400) };
  }

  @Get('file')
  @ApiProduces('application/gzip')
  @ApiOperation({
    summary:
      'The whole register as it stands: NDJSON, gzipped; first line the version, last line count and SHA-256 of the lines between',
  })
  file(): StreamableFile {
    if (this.#files >= FILES_AT_ONCE) throw shellRefusals.refusal('listing.register-busy');
    this.#files += 1;
    // Without its last line a file is not complete, and says so to whoever checks it.
    return streamed((write) => this.wholeFile.write(write), {
      type: 'application/gzip',
      filename: 'public-listings.ndjson.gz',
      gzip: true,
      logger: this.logger,
      done: () => (this.#files -= 1),
    });
  }
}
