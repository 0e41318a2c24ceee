// Lists the named operations when run through the C preprocessor, as records `label | effect | result | parameters ;`
// (the label in pieces, as adjacent string literals are):
//   zig clang -E -P -x c crosswarp/operations.list.h
#define CW_OPERATION(effect, result, c_name, label, parameters) label | effect | result | parameters;
#include "operations.def"
