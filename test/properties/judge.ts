import { make, PlatformCode } from './made';
import { problemsOf, TemplateOfStack } from './template-problems';

/** An error of the library names where and what: `[path] 'prop' must …`, or a list of such. */
const OURS = /^(Validation failed with the following errors:\s+\[[^\]]*\] )?\[[^\]\n]+\] (.*'[\w.]+'|\d+ props need mending:\n {2}- .*'[\w.]+'|.*\[cdk-platform-patterns:)/;

/** What became of a set of props. */
export type Verdict =
  | { readonly kind: 'made'; readonly templates: TemplateOfStack[] }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'bad'; readonly problem: string };

/** It is made, and clean, or refused with an error of the library; all else is bad. */
export function judge(code: PlatformCode): Verdict {
  try {
    const templates = make(code).synth().stacks.map(({ stackName, template }) => ({ stackName, template: template as TemplateOfStack['template'] }));
    const problems = templates.flatMap(problemsOf);
    return problems.length === 0 ? { kind: 'made', templates } : { kind: 'bad', problem: problems.slice(0, 5).join('\n') };
  } catch (error) {
    const { name, message, stack } = error as Error;
    return OURS.test(message) ? { kind: 'refused', message } : { kind: 'bad', problem: `${name}: ${message}\n${stackOf(stack)}` };
  }
}

/** Where it came from, in a few lines. */
function stackOf(stack = ''): string {
  return stack.split('\n').filter(line => line.includes('/src/')).slice(0, 4).join('\n');
}
