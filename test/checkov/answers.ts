/** A template, as far as Checkov's answers go. */
export interface Template {
  readonly Resources: { readonly [id: string]: Resource };
}

interface Resource {
  readonly Metadata?: { readonly checkov?: { readonly skip: { readonly id: string; readonly comment: string }[] } };
}

/** A check that a template answers at one of its resources. */
export interface Answer {
  readonly check: string;
  readonly resource: string;
  readonly reason: string;
}

/** What a template answers. */
export function declared({ Resources }: Template): Answer[] {
  return Object.entries(Resources ?? {}).flatMap(([resource, { Metadata }]) =>
    (Metadata?.checkov?.skip ?? []).map(({ id, comment }) => ({ check: id, resource, reason: comment })));
}

/** The template without its answers, so that Checkov says all that it finds. */
export function unanswered(template: Template): Template {
  const Resources = Object.fromEntries(Object.entries(template.Resources ?? {}).map(([id, resource]) => {
    const { checkov, ...Metadata } = resource.Metadata ?? {};
    return [id, { ...resource, Metadata }];
  }));
  return { ...template, Resources };
}
