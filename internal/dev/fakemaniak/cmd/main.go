// The command serves the fake on a loopback address until it is ended, for trying things by hand.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	"kontor/internal/dev/fakemaniak"
)

func main() {
	address := flag.String("listen", "127.0.0.1:8377", "where to listen")
	token := flag.String("token", "a-token-for-trying", "the token that is let in")
	agency := flag.Bool("agency", false, "an agency with 17 organizations instead of a person alone")
	flag.Parse()
	state := fakemaniak.Alone()
	if *agency {
		state = fakemaniak.Agency()
	}
	s := fakemaniak.New(state, *token)
	s.URL = "http://" + *address
	fmt.Printf("A fake of Infomaniak's API is at %s; its token is %s\n", s.URL, *token)
	web := &http.Server{Addr: *address, Handler: s, ReadHeaderTimeout: 10 * time.Second}
	if err := web.ListenAndServe(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
