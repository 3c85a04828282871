/**
 * The door of the library for notebooks and other code: everything meant for use, by name, in the order of the work.
 *
 * @example
 * ```ts
 * import { counts, loadData, rates, sayRate } from "@obey-or-refuse/lib";
 * import assert from "node:assert/strict";
 *
 * const data = await loadData("lynch2025-goals");
 * const [first] = rates(counts([data], ["goal"], [{ label: "harmful" }]));
 * assert(sayRate(first).startsWith("57/100"));
 * ```
 *
 * @module
 */

// Load: files become samples, with an account of everything that is none.
export { type Dataset, load, loadData } from "./reading/load.ts";
export { readSamples, type StreamOptions } from "./reading/read_samples.ts";
export type { Scanned, ScanOptions } from "./reading/scan.ts";
export type { OpenerOptions } from "./reading/bytes/source.ts";
export type { Call, Cell, Condition, Generation, Label, Message, Place, Sample, Score } from "./samples/sample.ts";
export type {
  Card,
  CardCommon,
  CardSource,
  CardVerdict,
  HashedFile,
  KnownFormat,
  MappedCard,
  PlainCard,
} from "./samples/dataset_card.ts";
export type { Changes, MappedLabel, MappedMessages, Mapping, Source, SourceOf, TextSource } from "./samples/mapping.ts";
export type { LoadReport, NumberingGap, PassedOver, Problem } from "./samples/load_report.ts";
export type { ConditionCount, LabelCount, Summary } from "./samples/summary.ts";
export type { AnsweredBy, GenerationSummary } from "./samples/generation_summary.ts";
export type { DatasetHead } from "./samples/dataset_head.ts";

// Count: k of n by condition, with what is missing, and the rate of it.
export { counts } from "./rates/counting/counts.ts";
export { factorsOf } from "./rates/counting/fields.ts";
export type { ClusterCount, Clustered, Count, CountedSamples } from "./rates/counting/count.ts";
export type { IntervalName } from "./rates/counting/intervals.ts";
export { newPromptRate, promptHierarchy } from "./rates/counting/new_prompt.ts";
export { countKinds, type KindOptions } from "./rates/engines/count_kinds.ts";
export { type Answer, type CountedTable, countTable, type Engine, type Table } from "./rates/engines/table.ts";
export type { Fields, RecordRead } from "./reading/bytes/record.ts";
export { duckdbTable } from "./rates/engines/duckdb_table.ts";
export { sparkSql, sparkTable } from "./rates/engines/spark.ts";
export type { SampleAnswer } from "./rates/counting/answers.ts";
export { type CountOptions, countSamples } from "./rates/counting/count_samples.ts";
export { duplicatesSql, kindsSql } from "./reading/parquet/kinds_sql.ts";
export type { LabelQuestion, OutcomeQuestion, Question } from "./rates/counting/verdicts.ts";
export { above, type Rate, rates, type TableRow, where } from "./rates/counting/rates.ts";
export { type GivenRate, ratesGiven } from "./rates/counting/rates_given.ts";
export { joint, type JointCounts } from "./rates/counting/refuse_and_subvert.ts";
export { type ClusteredRate, clusteredRates } from "./rates/comparing/clustered_rates.ts";

// Compare: two conditions, many models, whole designs, and what hangs on a choice.
export { type Contrast, type ContrastOptions, contrasts } from "./rates/comparing/contrasts.ts";
export { family, type FamilyMember } from "./rates/comparing/family.ts";
export { type StratifiedContrast, stratifiedContrast } from "./rates/comparing/stratified_contrast.ts";
export { stratifiedFamily, type StratifiedMember } from "./rates/comparing/stratified_family.ts";
export { type PairedContrast, pairedContrast } from "./rates/comparing/paired_contrast.ts";
export { type Factorial, factorial, type FactorialCoefficient, type TwoLevels } from "./rates/comparing/factorial.ts";
export { motives } from "./rates/comparing/motives.ts";
export { type AbstainerBounds, abstainerBounds } from "./rates/comparing/unstated_bounds.ts";
export { type Disagreement, disagreements, sensitivity } from "./rates/comparing/sensitivity.ts";
export {
  type Choices,
  type Specification,
  specificationCurve,
  type SpecificationRow,
  type SpecifiedEstimate,
} from "./rates/comparing/specifications.ts";
export type { FactorialCells, FactorialEffects } from "./stats/regression/factorial_cells.ts";
export type { FactorialAnswer, FactorialVerdict, Shown } from "./stats/regression/factorial_verdict.ts";
export type { SetAside, StratifiedInterval, StratifiedTest } from "./stats/strata/stratum.ts";
export type { PairedCounts } from "./stats/pairs/mcnemar.ts";

// Plan: what was decided before the data, and how many samples a question needs.
export type { ClusterPair } from "./stats/pairs/paired_permutation.ts";
export { pairedPower } from "./stats/coverage/paired_power.ts";
export { type ExperimentSize, type PairedTruth, trueDifference } from "./stats/coverage/simulated_pairs.ts";
export { ownSamples } from "./labelers/own_samples.ts";
export { confidenceSequence } from "./stats/clusters/confidence_sequence.ts";
export { type PairedLook, pairedSequence } from "./stats/pairs/paired_sequence.ts";
export {
  loadPlan,
  type Plan,
  type PlannedContrast,
  type PlannedFamily,
  type PlannedQuestion,
  type PlannedSampling,
} from "./rates/planning/plan.ts";
export {
  type Compared,
  type ComparedData,
  type PlannedBy,
  plannedBy,
  type Status,
} from "./rates/planning/planned_by.ts";
export { type ClaimBelow, claimBelow } from "./rates/planning/claim_below.ts";
export { type Collected, momentOf } from "./samples/collected.ts";
export { type ContrastPlan, planOf } from "./rates/planning/contrast_plan.ts";
export { coverageByDesign, type DesignCoverage } from "./rates/planning/coverage_by_design.ts";
export { type Decision, powerTwoProportions } from "./stats/planning/power_two_proportions.ts";
export type { PlannedArm } from "./stats/planning/arm.ts";
export { type SamplesForPower, samplesForPower } from "./stats/planning/samples_for_power.ts";
export { samplesForWidth } from "./stats/planning/samples_for_width.ts";
export { type DetectableRates, detectableRates } from "./stats/planning/detectable_rates.ts";
export { type ZerosToRuleOut, zerosToRuleOut } from "./stats/planning/zeros_to_rule_out.ts";
export {
  clustersForTrials,
  designEffect,
  effectiveTrials,
  type PlannedClusters,
} from "./stats/clusters/design_effect.ts";

// Sample: scenarios as data, the conditions they cross, and the prompts they make.
export { loadScenario, scenarioNames } from "./sampling/scenarios/load_scenario.ts";
export type {
  ExcludedCell,
  Factor,
  FollowUp,
  Level,
  Scenario,
  Template,
  Wording,
} from "./sampling/scenarios/scenario.ts";
export { cellsOf, excludedCells, type Where } from "./sampling/scenarios/cells.ts";
export { type Prompt, type PromptPart, renderPrompt } from "./sampling/scenarios/render.ts";
export type { SimulatedTool, Simulation, SimulationStep } from "./sampling/scenarios/simulation.ts";

// Label: what samples did, by rules, by people, and joined from files.
export { runRules } from "./labelers/rules/run_rules.ts";
export { type Sheet, type SheetOptions, writeSheet } from "./labelers/people/sheet.ts";
export type { KeyItem, SheetKey } from "./labelers/people/blind_items.ts";
export { writePage } from "./pages/coding/page.ts";
export { type CellProblem, type ImportedSheet, importSheet } from "./labelers/people/import_sheet.ts";
export {
  type Contradiction,
  type JoinAccount,
  joinLabels,
  type LabelerCount,
  type LabelJoiner,
  labelJoiner,
} from "./labelers/join_labels.ts";
export type { Evidence, LabelLine } from "./labelers/label_line.ts";
export type { AskedLine, Origin, Usage } from "./asking/task.ts";
export { withLabelsOf } from "./labelers/with_labels.ts";

// Read: the transcripts behind the numbers, as a page for the browser.
export { type Choice, chooseSamples, type ChosenSamples } from "./pages/reader/chosen_samples.ts";
export { writeReader } from "./pages/reader/page.ts";
export type { ReaderSource } from "./pages/reader/reader_data.ts";

// Judge: what coded acts amount to, by a written standard in a situation.
export type { Act, Beneficiary, Party } from "./acts/act.ts";
export {
  ACT_NAMES,
  type ActName,
  type ActRule,
  ACTS,
  type Motive,
  MOTIVES,
  type Outcome,
  OUTCOME_MEANINGS,
  OUTCOMES,
  type Principal,
  PRINCIPALS,
} from "./acts/vocabulary.ts";
export { codebook } from "./acts/codebook.ts";
export { CODING_RULES, type CodingRule } from "./acts/coding_rules.ts";
export { loadPolicies, loadPolicy, readPolicies } from "./policies/load_policy.ts";
export type { Policy, PolicyRule, When } from "./policies/policy.ts";
export { loadSituations } from "./policies/load_situations.ts";
export { type KindOfAct, type Person, type Situation, situationOf, type Wish } from "./policies/situation.ts";
export { evaluate, type Verdict } from "./policies/evaluate.ts";
export {
  allowedByAll,
  checkPolicy,
  type DeadRule,
  type DilemmaCheck,
  type PolicyCheck,
} from "./policies/check_policy.ts";

// Check the labelers: how far they agree, and rates corrected by a part that people coded.
export {
  type ActAgreement,
  actAgreement,
  type ActsAgreement,
  type PartyAgreement,
} from "./rates/judges/act_agreement.ts";
export {
  agreement,
  type AgreementRow,
  answersOf,
  confusionOf,
  ordinalAgreement,
  pairsOf,
  type Rater,
  type RaterConfusion,
} from "./rates/judges/agreement.ts";
export { type OutcomeAgreement, outcomeAgreement } from "./rates/judges/outcome_agreement.ts";
export type { Kappa } from "./rates/judges/kappa.ts";
export type { Confusion } from "./stats/raters/confusion.ts";
export type { Category } from "./stats/raters/ratings.ts";
export { marginBounds } from "./rates/judges/margin_bounds.ts";
export { type JudgeFlips, judgeFlips } from "./rates/judges/judge_flips.ts";
export { correctedRates, type CorrectedRow, type Drawn, randomIds } from "./rates/judges/corrected_rates.ts";

// Say: numbers as text.
export { percent, percentRange, points } from "./words/percent.ts";
export {
  sayAgreement,
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
export { sayRange, sayRow } from "./words/row.ts";
export { sayIntervals, sayMethod, sayOver } from "./words/over.ts";
export { sayKappa, sayOutcomeAgreement } from "./words/say_codings.ts";
export { sayFinding } from "./words/say_finding.ts";
export { contrastsTable, ratesTable } from "./words/rates_table.ts";
export { type TextColumn, type TextTable, toMarkdown, toTex } from "./words/table.ts";

// Draw: rates as figures, each with its table.
export type { Figure, FigureData, FigureText } from "./figures/figure.ts";
export type { Style } from "./figures/palette.ts";
export { type CurveAxis, type CurvePoint, curvesFigure, type CurvesOptions } from "./figures/curves.ts";
export { differencesFigure, type DifferencesOptions } from "./figures/differences.ts";
export { dilemmasFigure, type DilemmasOptions } from "./figures/dilemmas.ts";
export { estimatesFigure, type EstimatesOptions, type NamedEstimate } from "./figures/estimates.ts";
export { factorialFigure, type FactorialOptions, type Levels } from "./figures/factorial.ts";
export { levelRatesFigure, type LevelRatesOptions, type ReachingRate } from "./figures/level_rates.ts";
export { nextPromptFigure, type NextPromptOptions, type NextPromptPanel } from "./figures/next_prompt.ts";
export { outcomeRatesFigure, type OutcomeRatesOptions } from "./figures/outcome_rates.ts";
export { pairedRatesFigure, type PairedRatesOptions } from "./figures/paired_rates.ts";
export { policyRatesFigure, type PolicyRatesOptions } from "./figures/policy_rates.ts";
export { specificationCurveFigure, type SpecificationCurveOptions } from "./figures/specification_curve.ts";

// Explore: frames and showing in a notebook.
export { type DanfoFrame, type Frame, frameOf, type FrameValue, showable } from "./frames/frame.ts";
export { conditionsFrame, datasetsFrame } from "./frames/datasets_frame.ts";
export { ratesFrame } from "./frames/rates_frame.ts";
export { samplesFrame } from "./frames/samples_frame.ts";
export { show, type Showable } from "./notebook/show.ts";
export type { ShownList } from "./notebook/lists.ts";
export { type FirstQuestion, firstQuestion } from "./notebook/first_question.ts";
export { showReader, type ShowReaderOptions } from "./notebook/show_reader.ts";

// One rate: intervals and bounds, from numbers to numbers.
export { DEFAULT_LEVEL, type Interval } from "./stats/numbers/interval.ts";
export { wilson } from "./stats/one_rate/wilson.ts";
export { jeffreys } from "./stats/one_rate/jeffreys.ts";
export { clopperPearson } from "./stats/one_rate/clopper_pearson.ts";
export { agrestiCoull } from "./stats/one_rate/agresti_coull.ts";
export { type UpperBound, upperBound } from "./stats/one_rate/upper_bound.ts";
export { type Equivalence, equivalence, type Margin } from "./stats/one_rate/equivalence.ts";
export { missingBounds } from "./stats/one_rate/missing_bounds.ts";

// Two rates: differences, ratios, tests, and what is missing.
export { newcombe, type Proportion } from "./stats/two_rates/newcombe.ts";
export type { Bounds, PartlyScored } from "./stats/two_rates/missing_contrast_bounds.ts";
export { miettinenNurminen } from "./stats/two_rates/miettinen_nurminen.ts";
export { riskRatio } from "./stats/two_rates/risk_ratio.ts";
export { oddsRatio } from "./stats/two_rates/odds_ratio.ts";
export { fisherExact, fisherMidP } from "./stats/two_rates/fisher_exact.ts";
export type { TestResult } from "./stats/numbers/test_result.ts";
export { type CountRange, type Side, type TippingPoint, tippingPoint } from "./stats/two_rates/tipping_point.ts";
export { type TippingLine, tippingLine } from "./stats/two_rates/tipping_line.ts";

// Rates of prompts: samples that are not independent.
export { recommendedInterval, type Refusal } from "./stats/clusters/recommended_interval.ts";
export { guaranteedInterval } from "./stats/clusters/guaranteed_interval.ts";
export { kornGraubard } from "./stats/clusters/korn_graubard.ts";
export { clusterRobust } from "./stats/clusters/robust.ts";
export { clusterBootstrap } from "./stats/clusters/bootstrap.ts";
export { clusterPermutation } from "./stats/clusters/permutation.ts";
export { type ClusterVariance, clusterVariance } from "./stats/clusters/variance.ts";
export { expectedWidth } from "./stats/hierarchy/expected_width.ts";
export {
  chanceAbove,
  fitHierarchy,
  type Hierarchy,
  newUnitRate,
  unitChancesAbove,
} from "./stats/hierarchy/hierarchy.ts";
export type { Possibility, Posterior } from "./stats/hierarchy/posterior.ts";

// How often an interval keeps its word.
export { exactCoverage } from "./stats/coverage/exact.ts";
export { type ClusteredMethod, type Coverage, type Ends, simulateCoverage } from "./stats/coverage/simulate.ts";
export { type CoverageMethod, coverageMethods } from "./stats/coverage/methods.ts";
export { type Design, equalSizes, type MixedDesign } from "./stats/coverage/simulated_clusters.ts";
