//go:build keyring

package vault

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// programVariable names the program that keeps the secrets of the session; gnome-keyring if it is not set. The others are
// Qt programs, which `make keyrings` asks to be installed.
const programVariable = "KONTOR_KEYRING"

// program is something that offers the Secret Service, which is a protocol and not a program.
type program struct {
	// unlock starts it unlocked, in place of what the session has, and returns what ends it.
	unlock func(home string) (end func(), err error)
	// activated: the session's bus starts it, locked, when it is asked for.
	activated bool
	// litter lists what its starts have left behind that nobody asked for; nil where secret-tool sees everything.
	litter func(home string) (string, error)
}

var programs = map[string]program{
	"gnome-keyring": {activated: true, unlock: func(string) (func(), error) { return func() {}, unlockKeyring() }},
	"keepassxc":     {unlock: unlockKeePassXC, litter: keptByKeePassXC},
	"kwallet":       {unlock: unlockKWallet},
}

func chosen() program {
	name := os.Getenv(programVariable)
	if name == "" {
		name = "gnome-keyring"
	}
	p, ok := programs[name]
	if !ok {
		panic("no keyring is called " + name)
	}
	return p
}

const keePassSettings = `[General]
ConfigVersion=2
[FdoSecrets]
Enabled=true
ConfirmAccessItem=false
ConfirmDeleteItem=false
ShowNotification=false
[GUI]
CheckForUpdates=false
`

// A database with a recycle bin, as KeePassXC makes them, whose root group is offered to other programs.
const keePassDatabase = `<?xml version="1.0" encoding="UTF-8"?>
<KeePassFile>
  <Meta>
    <Generator>test</Generator><RecycleBinEnabled>True</RecycleBinEnabled>
    <CustomData><Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{01020304-0506-0708-090a-0b0c0d0e0f10}</Value></Item></CustomData>
  </Meta>
  <Root><Group><UUID>AQIDBAUGBwgJCgsMDQ4PEA==</UUID><Name>Root</Name></Group></Root>
</KeePassFile>
`

func unlockKeePassXC(home string) (end func(), err error) {
	database := filepath.Join(home, "secrets.kdbx")
	if _, err := os.Stat(database); err != nil {
		err = errors.Join(
			write(filepath.Join(home, "config", "keepassxc", "keepassxc.ini"), keePassSettings), write(filepath.Join(home, "secrets.xml"), keePassDatabase),
			spoken(exec.Command("keepassxc-cli", "import", "-p", filepath.Join(home, "secrets.xml"), database), "password\npassword\n"))
		if err != nil {
			return nil, err
		}
	}
	kill, err := serve(exec.Command("keepassxc", "--pw-stdin", database), "password\n")
	return func() {
		time.Sleep(time.Second) // it writes what it was given a moment later
		kill()
	}, err
}

// keptByKeePassXC lists the entries of the database, the recycle bin's too.
func keptByKeePassXC(home string) (string, error) {
	cmd := exec.Command("keepassxc-cli", "ls", "-q", "-R", "-f", filepath.Join(home, "secrets.kdbx"))
	cmd.Stdin = strings.NewReader("password\n")
	out, err := cmd.Output()
	return strings.TrimSpace(strings.NewReplacer("Recycle Bin/", "", "[empty]", "").Replace(string(out))), err
}

const walletSettings = `[Wallet]
Enabled=true
First Use=false
Prompt on Open=false
Leave Open=true
Default Wallet=kdewallet
[Auto Allow]
kdewallet=org.freedesktop.secrets
[org.freedesktop.secrets]
apiEnabled=true
`

func unlockKWallet(home string) (end func(), err error) {
	for range 2 { // it offers the wallets that it found when it started
		if end != nil {
			end()
		}
		if err := write(filepath.Join(home, "config", "kwalletrc"), walletSettings); err != nil {
			return nil, err
		}
		if end, err = serve(exec.Command("kwalletd5"), ""); err != nil {
			return nil, err
		}
		hash := "[" + strings.TrimSuffix(strings.Repeat("byte 0x41, ", 56), ", ") + "]" // as PAM hands it over
		if err := wallet("pamOpen", "kdewallet", hash, "0"); err != nil {
			end()
			return nil, err
		}
	}
	kill := end
	end = func() { // it writes what it was given some seconds later, or when it is asked to
		_ = wallet("closeAllWallets")
		kill()
	}
	return end, await(func() error { return ring{time.Second}.reach() })
}

func wallet(method string, arguments ...string) error {
	command := append([]string{"call", "--session", "--dest", "org.kde.kwalletd5", "--object-path", "/modules/kwalletd5", "--method", "org.kde.KWallet." + method}, arguments...)
	return spoken(exec.Command("gdbus", command...), "")
}

// serve starts a program without a screen and waits until it offers the Secret Service.
func serve(cmd *exec.Cmd, input string) (end func(), err error) {
	cmd.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen")
	cmd.Stdin = strings.NewReader(input)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	end = func() { _, _ = cmd.Process.Kill(), cmd.Wait() }
	err = await(func() error {
		return spoken(exec.Command("gdbus", "wait", "--session", "--timeout", "10", "org.freedesktop.secrets"), "") // which starts none
	})
	if err == nil && input != "" { // the database is opened after the service is offered
		err = await(func() error { return ring{time.Second}.reach() })
	}
	if err != nil {
		end()
	}
	return end, err
}

func await(do func() error) (err error) {
	for range 200 {
		if err = do(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

func spoken(cmd *exec.Cmd, input string) error {
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", cmd.Path, err, out)
	}
	return nil
}

func write(path, text string) error {
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600))
}

// empty removes every key of Kontor's, as somebody does who tidies up a keyring.
func empty() error { return keyring.DeleteAll(service) }
