package app

import "kontor/internal/host/bridge"

// saveFile writes data to a file that the person chooses and returns its name; "" if none was chosen.
func (a *App) saveFile(d bridge.SaveDialog, data []byte) (string, error) {
	path, err := a.shell.AskSave(d)
	if err != nil || path == "" {
		return "", err
	}
	return bridge.Write(path, data)
}
