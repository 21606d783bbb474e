" Rust MIR
if exists('b:current_syntax') | finish | endif
syn match mirComment "//.*$"
syn region mirString start=+"+ skip=+\\"+ end=+"+
syn keyword mirKeyword fn let mut scope debug const move copy as
syn keyword mirControl goto return switchInt assert unreachable drop resume otherwise success unwind continue
syn match mirBlock "\<bb\d\+\>"
syn match mirLocal "\<_\d\+\>"
syn match mirType "\v<([iu](8|16|32|64|128|size)|f(16|32|64)|bool|char|str)>"
syn match mirNumber "\v<\d[0-9_]*(\.\d+)?"
hi def link mirComment Comment
hi def link mirString String
hi def link mirKeyword Keyword
hi def link mirControl Statement
hi def link mirBlock Label
hi def link mirLocal Identifier
hi def link mirType Type
hi def link mirNumber Number
let b:current_syntax = 'mir'
