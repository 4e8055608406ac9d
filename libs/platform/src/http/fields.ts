import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  Validate,
  ValidateNested,
  type ValidatorConstraintInterface,
  ValidatorConstraint,
} from 'class-validator';
import { isLocalDate } from '#kernel';
import { storable } from './body.js';
import { Takes } from './quick-accept.js';

/*
 * One decorator per field gives both the check (class-validator) and the OpenAPI property, so that the
 * document cannot promise what the check does not hold. (The Nest CLI plugin would do it only under
 * `nest build`, and says `number` for integers.)
 */

interface FieldOptions {
  description: string;
  example?: unknown;
  optional?: boolean;
}

function field(
  options: FieldOptions,
  api: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      ...api,
      description: options.description,
      ...(options.example === undefined ? {} : { example: options.example }),
      required: !options.optional,
    } as ApiPropertyOptions),
    ...(options.optional ? [IsOptional()] : []),
    ...checks,
  );
}

/** Bodies are checked before they are parsed; values of the query reach the database only through this. */
@ValidatorConstraint({ name: 'storable' })
class StorableConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && storable(value);
  }

  defaultMessage(): string {
    return '$property has a character that cannot be stored (NUL or half of a pair)';
  }
}

/**
 * A letter, digit, mark or symbol. Reasons, numbers of documents and names that are nothing but blanks say nothing,
 * and a notice without reasons is none (国办发〔2020〕49号: 事由).
 */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

@ValidatorConstraint({ name: 'visible' })
class VisibleConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && VISIBLE.test(value);
  }

  defaultMessage(): string {
    return '$property has nothing that can be read';
  }
}

/** class-validator counts a character of up to three UTF-16 units as one: what is in doubt is left to it. */
function isText(value: unknown, min: number, max: number, pattern?: RegExp): boolean {
  return (
    typeof value === 'string' &&
    value.length <= max &&
    value.length >= (min <= 1 ? min : 3 * min) &&
    storable(value) &&
    VISIBLE.test(value) &&
    (!pattern || (!pattern.global && !pattern.sticky && pattern.test(value)))
  );
}

export function TextField(
  options: FieldOptions & { min?: number; max: number; pattern?: RegExp },
): PropertyDecorator {
  const min = options.min ?? 1;
  return field(
    options,
    {
      type: String,
      minLength: min,
      maxLength: options.max,
      pattern: (options.pattern ?? VISIBLE).source,
    },
    IsString(),
    MinLength(min),
    MaxLength(options.max),
    Validate(StorableConstraint),
    Validate(VisibleConstraint),
    ...(options.pattern ? [Matches(options.pattern)] : []),
    Takes((value) => isText(value, min, options.max, options.pattern), options.optional),
  );
}

@ValidatorConstraint({ name: 'localDate' })
class LocalDateConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isLocalDate(value);
  }

  defaultMessage(): string {
    return '$property must be a date that exists, as YYYY-MM-DD';
  }
}

export function DateField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'date' },
    Validate(LocalDateConstraint),
    Takes((value) => typeof value === 'string' && isLocalDate(value), options.optional),
  );
}

@ValidatorConstraint({ name: 'instant' })
class InstantConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      typeof value === 'string' &&
      /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/.test(value) &&
      isLocalDate(value.slice(0, 10)) &&
      !Number.isNaN(Date.parse(value))
    );
  }

  defaultMessage(): string {
    return '$property must be an instant with its offset, as 2026-11-27T08:30:00Z (RFC 3339)';
  }
}

/** An instant; the text as it was sent, for `new Date(…)`. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: String, format: 'date-time' }, Validate(InstantConstraint));
}

export function IntegerField(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    options,
    { type: 'integer', minimum: options.min, maximum: options.max },
    // Queries carry digits as text. Number() would also read '' as 0, true as 1, [7] as 7, and throw on some objects.
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    IsInt(),
    Min(options.min),
    Max(options.max),
  );
}

export function NumberField(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    options,
    { type: Number, minimum: options.min, maximum: options.max },
    IsNumber(),
    Min(options.min),
    Max(options.max),
  );
}

export function FlagField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: Boolean },
    IsBoolean(),
    Takes((value) => typeof value === 'boolean', options.optional),
  );
}

export function ChoiceField(options: FieldOptions & { values: readonly string[] }): PropertyDecorator {
  return field(
    options,
    { type: String, enum: [...options.values] },
    IsIn(options.values),
    Takes((value) => options.values.includes(value as string), options.optional),
  );
}

export function ObjectField(shape: () => new () => object, options: FieldOptions): PropertyDecorator {
  return field(options, { type: shape }, IsObject(), ValidateNested(), Type(shape));
}

/** A list of texts (each of the `pattern`, if there is one), or of objects of one shape. */
export function ListField(
  of: 'text' | (() => new () => object),
  options: FieldOptions & { max: number; maxText?: number; pattern?: RegExp },
): PropertyDecorator {
  if (of === 'text') {
    const longest = options.maxText ?? 500;
    return field(
      options,
      {
        type: [String],
        maxItems: options.max,
        items: { type: 'string', pattern: (options.pattern ?? VISIBLE).source },
      } as ApiPropertyOptions,
      IsArray(),
      ArrayMaxSize(options.max),
      IsString({ each: true }),
      MaxLength(longest, { each: true }),
      Validate(VisibleConstraint, { each: true }),
      ...(options.pattern ? [Matches(options.pattern, { each: true })] : []),
      Takes(
        (value) =>
          Array.isArray(value) &&
          value.length <= options.max &&
          value.every((text) => isText(text, 0, longest, options.pattern)),
        options.optional,
      ),
    );
  }
  return field(
    options,
    { type: [of()], maxItems: options.max },
    IsArray(),
    ArrayMaxSize(options.max),
    ValidateNested({ each: true }),
    Type(of),
  );
}

/** An object whose shape another schema checks (a record's payload by its catalogue entry). */
export function JsonField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: Object, additionalProperties: true }, IsObject());
}
