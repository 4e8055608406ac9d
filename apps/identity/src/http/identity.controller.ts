import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, Creates, CurrentActor, Database, TextField } from '#platform';
import { MakePartyLogin, type PartyLogin } from '../commands/make-party-login.js';
import { readUnit } from '../store/units.js';

class MakeParty {
  @TextField({
    min: 18,
    max: 18,
    description: 'unified social credit code of the party',
    example: '91230199MA1C5TK04A',
  })
  code!: string;

  @TextField({ max: 200, description: 'name of the party', example: '哈尔滨示例食品有限公司(虚构)' })
  name!: string;

  @TextField({ min: 12, max: 200, optional: true, description: 'its password; made up when absent' })
  password?: string;
}

@ApiTags('identity')
@Controller('api/identity')
export class IdentityController {
  constructor(
    private readonly makePartyLogin: MakePartyLogin,
    private readonly db: Database,
  ) {}

  /** Who the caller is, as every service reads it from the token. */
  @Get('me')
  @Allow()
  async me(@CurrentActor() actor: Actor): Promise<object> {
    const unit = actor.department ? await readUnit(this.db, actor.department) : undefined;
    return { ...actor, ...(unit ? { departmentName: unit.name, departmentNameEn: unit.name_en } : {}) };
  }

  /** A login with which a party sees what is held on it, states a defence and asks for repair. */
  @Post('parties')
  @Creates()
  @Allow('operator')
  makeParty(@Body() body: MakeParty): Promise<PartyLogin> {
    return this.makePartyLogin.run(body);
  }
}
