#pragma once

#include "engine/input/xlsx.h"

namespace appraise::xlsx {

// Excel puts an encrypted workbook into a compound file, the kind that XLS is of.
bool holds_encrypted_package(const ByteSource& source);

} // namespace appraise::xlsx
