; The installer for Windows: for one person, without asking for the rights of an administrator.
;   makensis -DVERSION=1.2.3 -DTREE=…/windows -DOUT=kontor-setup.exe build/windows/kontor.nsi
; Silent: kontor-setup.exe /S, and uninstall.exe /S. The workspace in %LOCALAPPDATA%\kontor stays.
Unicode true
!ifndef NSIS_HOOKS
Target amd64-unicode
!endif
SetCompressor /SOLID lzma
!include MUI2.nsh
Name "Kontor"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Kontor"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Kontor"
!define WEBVIEW "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define MUI_ICON "${TREE}\kontor.ico"
!define MUI_UNICON "${TREE}\kontor.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\kontor.exe"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Italian"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "German"
!include "${TREE}\texts.nsh"

; What a double click on the program's own files does, for this person.
!macro Opens ENDING NAME
  WriteRegStr HKCU "Software\Classes\.${ENDING}" "" "Kontor.${NAME}"
  WriteRegStr HKCU "Software\Classes\Kontor.${NAME}" "" "Kontor"
  WriteRegStr HKCU "Software\Classes\Kontor.${NAME}\DefaultIcon" "" "$INSTDIR\kontor.exe,0"
  WriteRegStr HKCU "Software\Classes\Kontor.${NAME}\shell\open\command" "" '"$INSTDIR\kontor.exe" "%1"'
!macroend
!macro Forgets ENDING NAME
  DeleteRegKey HKCU "Software\Classes\Kontor.${NAME}"
  DeleteRegValue HKCU "Software\Classes\.${ENDING}" ""
  DeleteRegKey /ifempty HKCU "Software\Classes\.${ENDING}"
!macroend
; The icons and the double click count at once.
!macro Told
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section
  SetOutPath "$INSTDIR"
  File "${TREE}\kontor.exe"
  File "${TREE}\kontor-cli.exe"
  File "${TREE}\notices.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Kontor.lnk" "$INSTDIR\kontor.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Kontor"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\kontor.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "Kontor contributors"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  !insertmacro Opens "kontor-backup" "backup"
  !insertmacro Opens "kontor-organization" "organization"
  !insertmacro Opens "kontor" "signed"
  !insertmacro Told
  ; What the window is drawn with. It is not fetched without a word.
  SetRegView 32
  ReadRegStr $0 HKLM "SOFTWARE\${WEBVIEW}" "pv"
  StrCmp $0 "" 0 found
  ReadRegStr $0 HKCU "Software\${WEBVIEW}" "pv"
  found:
  StrCmp $0 "" missing
  StrCmp $0 "0.0.0.0" missing done
  missing:
  IfSilent done
  MessageBox MB_YESNO|MB_ICONEXCLAMATION "$(NoWebView)" IDNO done
  ExecShell "open" "https://developer.microsoft.com/microsoft-edge/webview2/"
  done:
SectionEnd

Section "Uninstall"
  Delete "$INSTDIR\kontor.exe"
  Delete "$INSTDIR\kontor-cli.exe"
  Delete "$INSTDIR\notices.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Kontor.lnk"
  DeleteRegKey HKCU "${KEY}"
  !insertmacro Forgets "kontor-backup" "backup"
  !insertmacro Forgets "kontor-organization" "organization"
  !insertmacro Forgets "kontor" "signed"
  !insertmacro Told
SectionEnd
