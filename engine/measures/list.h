// Every measure, by the function that its own .cpp defines.
#pragma once

#include "engine/measures/measure.h"

namespace appraise {

const Measure& count_measure();
const Measure& sum_measure();
const Measure& share_measure();
const Measure& mean_measure();
const Measure& quantile_measure();
const Measure& minimum_measure();
const Measure& maximum_measure();
const Measure& variance_measure();
const Measure& evenness_measure();
const Measure& dispersion_measure();
const Measure& chi_square_measure();
const Measure& chi_square_p_measure();
const Measure& distinct_measure();
const Measure& ratio_measure();
const Measure& disposition_time_measure();
const Measure& combination_measure();
const Measure& measured_measure();

} // namespace appraise
