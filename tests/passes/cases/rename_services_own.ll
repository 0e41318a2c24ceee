; emit: rename-services CHECK
; A function of the program's own keeps its name.
define ptr @malloc(i64 %n) {
entry:
  ret ptr null
}
; CHECK: define ptr @malloc(i64 %n)
