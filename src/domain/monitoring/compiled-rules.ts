import { compileRules, type RuleSet } from './rules.js';
import type { MonitorConfig } from './state.js';

const compiled = new WeakMap<MonitorConfig, RuleSet>();

/** The rules of a configuration prepared for evaluation: parsed once per configuration object. */
export function compiledRules(config: MonitorConfig): RuleSet {
  let ruleSet = compiled.get(config);
  if (!ruleSet) {
    ruleSet = compileRules(config.rules, config.whenSeveral);
    compiled.set(config, ruleSet);
  }
  return ruleSet;
}
