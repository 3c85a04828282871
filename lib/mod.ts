/**
 * The door of the library for notebooks and other code: everything meant for use, by name.
 *
 * @module
 */
export type { Act } from "./acts/act.ts";
export { codebook } from "./acts/codebook.ts";
export {
  ACT_NAMES,
  ACTS,
  type Motive,
  MOTIVES,
  type Outcome,
  OUTCOMES,
  type Principal,
  PRINCIPALS,
} from "./acts/vocabulary.ts";
export { DEFAULT_LEVEL, type Interval } from "./stats/numbers/interval.ts";
export { agrestiCoull } from "./stats/one_rate/agresti_coull.ts";
export { clopperPearson } from "./stats/one_rate/clopper_pearson.ts";
export { clusterBootstrap } from "./stats/clusters/bootstrap.ts";
export { clusterPermutation } from "./stats/clusters/permutation.ts";
export { clusterRobust } from "./stats/clusters/robust.ts";
export { clusterVariance } from "./stats/clusters/variance.ts";
export { clustersForTrials, designEffect, effectiveTrials } from "./stats/clusters/design_effect.ts";
export { simulateCoverage } from "./stats/coverage/simulate.ts";
export { type CoverageMethod, coverageMethods } from "./stats/coverage/methods.ts";
export { exactCoverage } from "./stats/coverage/exact.ts";
export { equalSizes } from "./stats/coverage/simulated_clusters.ts";
export { detectableRates } from "./stats/planning/detectable_rates.ts";
export { type Equivalence, equivalence } from "./stats/one_rate/equivalence.ts";
export { fisherExact, fisherMidP } from "./stats/two_rates/fisher_exact.ts";
export { guaranteedInterval } from "./stats/clusters/guaranteed_interval.ts";
export { chanceAbove, fitHierarchy, newUnitRate } from "./stats/hierarchy/hierarchy.ts";
export { jeffreys } from "./stats/one_rate/jeffreys.ts";
export { kornGraubard } from "./stats/clusters/korn_graubard.ts";
export { miettinenNurminen } from "./stats/two_rates/miettinen_nurminen.ts";
export { missingBounds } from "./stats/one_rate/missing_bounds.ts";
export { newcombe, type Proportion } from "./stats/two_rates/newcombe.ts";
export { oddsRatio } from "./stats/two_rates/odds_ratio.ts";
export { powerTwoProportions } from "./stats/planning/power_two_proportions.ts";
export { recommendedInterval } from "./stats/clusters/recommended_interval.ts";
export { riskRatio } from "./stats/two_rates/risk_ratio.ts";
export { samplesForPower } from "./stats/planning/samples_for_power.ts";
export { samplesForWidth } from "./stats/planning/samples_for_width.ts";
export { tippingLine } from "./stats/two_rates/tipping_line.ts";
export { tippingPoint } from "./stats/two_rates/tipping_point.ts";
export { upperBound } from "./stats/one_rate/upper_bound.ts";
export { wilson } from "./stats/one_rate/wilson.ts";
export { zerosToRuleOut } from "./stats/planning/zeros_to_rule_out.ts";
export type { Cell, Condition, Label, Message, Place, Sample, Score } from "./samples/sample.ts";
export type { Card } from "./samples/dataset_card.ts";
export type { LoadReport, Problem } from "./samples/load_report.ts";
export { type Dataset, load, loadData } from "./reading/load.ts";
export { withLabelsOf } from "./reading/with_labels.ts";
export { readSamples, type StreamOptions } from "./reading/read_samples.ts";
export { importSheet } from "./labelers/people/import_sheet.ts";
export { type JoinAccount, joinLabels, type LabelJoiner, labelJoiner } from "./labelers/join_labels.ts";
export { writePage } from "./pages/coding/page.ts";
export { runRules } from "./labelers/rules/run_rules.ts";
export { writeSheet } from "./labelers/people/sheet.ts";
export { evaluate, type Verdict } from "./policies/evaluate.ts";
export { allowedByAll, checkPolicy } from "./policies/check_policy.ts";
export { loadPolicies, loadPolicy } from "./policies/load_policy.ts";
export { loadSituations } from "./policies/load_situations.ts";
export { type Situation, situationOf } from "./policies/situation.ts";
export type { Policy } from "./policies/policy.ts";
export { type AbstainerBounds, abstainerBounds } from "./rates/comparing/unstated_bounds.ts";
export {
  agreement,
  type AgreementRow,
  answersOf,
  confusionOf,
  ordinalAgreement,
  pairsOf,
  type Rater,
} from "./rates/judges/agreement.ts";
export { correctedRates, type CorrectedRow, randomIds } from "./rates/judges/corrected_rates.ts";
export type { Count } from "./rates/counting/count.ts";
export { countSamples } from "./rates/counting/count_samples.ts";
export { counts, factorsOf } from "./rates/counting/counts.ts";
export { type ClusteredRate, clusteredRates } from "./rates/comparing/clustered_rates.ts";
export { coverageByDesign, type DesignCoverage } from "./rates/planning/coverage_by_design.ts";
export { type Contrast, contrasts } from "./rates/comparing/contrasts.ts";
export { type Factorial, factorial } from "./rates/comparing/factorial.ts";
export { type GivenRate, ratesGiven } from "./rates/counting/rates_given.ts";
export { type JudgeFlips, judgeFlips } from "./rates/judges/judge_flips.ts";
export { joint, type JointCounts } from "./rates/counting/refuse_and_subvert.ts";
export { family, type FamilyMember } from "./rates/comparing/family.ts";
export { motives } from "./rates/comparing/motives.ts";
export { type PairedContrast, pairedContrast } from "./rates/comparing/paired_contrast.ts";
export { type ContrastPlan, planOf } from "./rates/planning/contrast_plan.ts";
export { loadPlan, type Plan, type Status, statusOf } from "./rates/planning/plan.ts";
export { type Specification, specificationCurve, type SpecificationRow } from "./rates/comparing/specifications.ts";
export { type StratifiedContrast, stratifiedContrast } from "./rates/comparing/stratified_contrast.ts";
export { type Disagreement, disagreements, sensitivity } from "./rates/comparing/sensitivity.ts";
export { above, type Rate, rates, where } from "./rates/counting/rates.ts";
export type { LabelQuestion, OutcomeQuestion, Question } from "./rates/counting/verdicts.ts";
export { percent, percentRange, points } from "./words/percent.ts";
export {
  sayContrast,
  sayExcluded,
  sayInterval,
  sayList,
  sayMissing,
  sayP,
  sayRate,
  sayScored,
  sayStatus,
} from "./words/say.ts";
export { curvesFigure } from "./figures/curves.ts";
export { differencesFigure } from "./figures/differences.ts";
export { dilemmasFigure } from "./figures/dilemmas.ts";
export { estimatesFigure } from "./figures/estimates.ts";
export { factorialFigure } from "./figures/factorial.ts";
export type { Figure, FigureText } from "./figures/figure.ts";
export { levelRatesFigure, type ReachingRate } from "./figures/level_rates.ts";
export { outcomeRatesFigure } from "./figures/outcome_rates.ts";
export type { Style } from "./figures/palette.ts";
export { pairedRatesFigure } from "./figures/paired_rates.ts";
export { policyRatesFigure } from "./figures/policy_rates.ts";
export { specificationCurveFigure } from "./figures/specification_curve.ts";
export { type Frame, frameOf, showable } from "./frames/frame.ts";
export { conditionsFrame, datasetsFrame } from "./frames/datasets_frame.ts";
export { ratesFrame } from "./frames/rates_frame.ts";
export { samplesFrame } from "./frames/samples_frame.ts";
export { show } from "./notebook/show.ts";
