/** A template of CloudFormation, as far as its sections go. */
export interface Sections {
  readonly [section: string]: { readonly [id: string]: unknown } | undefined;
}

const SPEAKING = ['Resources', 'Outputs'];

/**
 * Of templates that have most in common, what none before had, with everything that it refers to. Each rule about a resource,
 * or about a resource and what it refers to, finds in these what it finds in the whole ones.
 *
 * What refers to nothing new goes; a parameter, mapping or condition goes with its last user, and stays if it never had any.
 */
export function withoutRepeats(templates: readonly Sections[]): Sections[] {
  const seen = new Set<string>();
  return templates.map(template => {
    const entries = SPEAKING.flatMap(section => Object.entries(template[section] ?? {})
      .map(([id, value]) => ({ section, id, text: JSON.stringify(value) })));
    const kept = new Set(entries.filter(({ section, id, text }) => !seen.has(`${section} ${id} ${text}`)));
    // A set that grows while it is walked is walked to its end.
    for (const { text } of kept) {
      entries.filter(({ section, id }) => section === 'Resources' && mentions(text, id)).forEach(entry => kept.add(entry));
    }
    entries.forEach(({ section, id, text }) => seen.add(`${section} ${id} ${text}`));
    const dropped = entries.filter(entry => !kept.has(entry));
    return withoutEntries(template, dropped.map(({ section, id }) => `${section} ${id}`), dropped.map(({ text }) => text));
  });
}

function withoutEntries(template: Sections, dropped: string[], texts: string[]): Sections {
  const gone = new Set(dropped);
  const without = mapEntries(template, (section, id) => !gone.has(`${section} ${id}`));
  const left = (id: string) => mentions(JSON.stringify(mapEntries(without, (section, each) => each !== id || SPEAKING.includes(section))), id);
  return mapEntries(without, (section, id) => SPEAKING.includes(section) || left(id) || !texts.some(text => mentions(text, id)));
}

function mapEntries(template: Sections, keep: (section: string, id: string) => boolean): Sections {
  return Object.fromEntries(Object.entries(template).map(([section, entries]) => typeof entries === 'object' && section !== 'Metadata'
    ? [section, Object.fromEntries(Object.entries(entries).filter(([id]) => keep(section, id)))]
    : [section, entries]));
}

/** Whether a text has the id as a name of its own, or at the start of a `${...}`. */
function mentions(text: string, id: string): boolean {
  return text.includes(`"${id}"`) || text.includes(`\${${id}}`) || text.includes(`\${${id}.`) || text.includes(`"${id}.`);
}
