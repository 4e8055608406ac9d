import { ApiHeader } from '@nestjs/swagger';
import type { LocalDate } from '#kernel';
import { DateField } from '#platform';

export const ExportPurpose = ApiHeader({
  name: 'x-purpose',
  required: true,
  description: 'purpose and legal basis of the export, percent-encoded UTF-8; logged',
});

export class ExportDays {
  @DateField({ description: 'first day', example: '2024-11-01' })
  from!: LocalDate;

  @DateField({ optional: true, description: 'last day; today when absent', example: '2024-11-30' })
  to?: LocalDate;
}
