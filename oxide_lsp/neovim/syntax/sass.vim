" SASS
if exists('b:current_syntax') | finish | endif
syn match sassComment "//.*$"
syn region sassComment start="/\*" end="\*/"
syn match sassInstruction "\v<[A-Z][A-Z0-9]+(\.[A-Za-z0-9_]+)*>"
syn match sassControl "\v<(BRA|BRX|CALL|RET|EXIT|BSSY|BSYNC|BAR|WARPSYNC)(\.[A-Za-z0-9_]+)*>"
syn match sassRegister "\v<(U?R(\d+|Z)|U?P(\d+|T)|SR_[A-Z0-9_.]+|B\d+)>"
syn match sassNumber "\v<(0x\x+|\d+)>"
hi def link sassComment Comment
hi def link sassInstruction Function
hi def link sassControl Statement
hi def link sassRegister Identifier
hi def link sassNumber Number
let b:current_syntax = 'sass'
