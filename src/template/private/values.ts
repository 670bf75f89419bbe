import { Resource } from './assembly';

/** Text that is known when the template is read. */
interface Literal {
  readonly kind: 'literal';
  readonly text: string;
  /** It comes from the default of a parameter: whoever deploys may give another. */
  readonly isDefault?: true;
}
/** A resource of one of the templates (`attribute` is `Ref` for its reference). */
interface ResourceValue { readonly kind: 'resource'; readonly resource: Resource; readonly attribute: string }
/** Known only when deployed: a parameter, a pseudo parameter, an import from elsewhere, a dynamic reference. */
interface Unknown { readonly kind: 'unknown'; readonly text: string }

/** What a property can be once references and intrinsic functions are followed. */
export type Value = Literal | ResourceValue | Unknown;

/** A value in words. */
export function describe(value: Value): string {
  if (value.kind !== 'resource') { return value.text; }
  return value.attribute === 'Ref' ? value.resource.logicalId : `${value.resource.logicalId}.${value.attribute}`;
}

/** Text of a template. CloudFormation looks up what is in `{{resolve:…}}` when it deploys. */
export function literal(text: string): Value {
  return text.includes('{{resolve:') ? unknown(text) : { kind: 'literal', text };
}

/** The default of a parameter. */
export function byDefault(text: string): Value {
  return text.includes('{{resolve:') ? unknown(text) : { kind: 'literal', text, isDefault: true };
}

export function unknown(text: string): Value {
  return { kind: 'unknown', text };
}

export function concatenate(parts: Value[], delimiter: string): Value {
  const text = parts.map(part => part.kind === 'literal' ? part.text : `\${${describe(part)}}`).join(delimiter);
  if (!parts.every(part => part.kind === 'literal')) { return unknown(text); }
  return parts.some(isDefault) ? byDefault(text) : literal(text);
}

export function isDefault(value: Value): boolean {
  return value.kind === 'literal' && value.isDefault === true;
}
