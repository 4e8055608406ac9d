import { ChoiceField, PageQuery, TextField } from '#platform';

export class RejectionBody {
  @TextField({ max: 2000, description: 'why it is not published', example: '依据不足' })
  reason!: string;
}

export class DraftsQuery extends PageQuery {
  @ChoiceField({
    values: ['draft', 'published', 'rejected'],
    optional: true,
    description: 'drafts in one status',
  })
  status?: string;
}
