package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/area/client"
	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/core/day"
	"kontor/internal/flow/expiry"
)

// reader is how whoever reads the output reads, as the services take it.
func (c *command) reader() string { return c.book.Language + "-" + c.book.Region }

func (c *command) simulation() *cobra.Command {
	asked := partner.Asked{Question: partner.Question{
		Months: 1, Access: "full", Means: "partner", Orders: "partner", Managed: true, Operation: "order", VAT: "excluded",
	}}
	cmd := &cobra.Command{Use: "simulate --product NAME --quantity N", Short: c.book.T("shell_cli_simulate"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		t, err := c.app()
		if err != nil {
			return err
		}
		if asked.Product == "" {
			names, err := t.Products(cmd.Context(), asked.Currency, c.book.Locale)
			items := [][]any{}
			for _, name := range names {
				items = append(items, []any{name, asked.Currency})
			}
			if err != nil {
				return err
			}
			return c.list([]column{{key: "product", heading: c.book.T("partner_product")}, {key: "currency", heading: c.book.T("partner_currency")}}, items)
		}
		v, err := t.Simulate(cmd.Context(), asked)
		if err != nil {
			return err
		}
		if c.format == "json" {
			return c.print([]row{
				{"product", asked.Product},
				{"quantity", v.Quantity},
				{"months", asked.Months},
				{"currency", v.Currency},
				{"partner", v.Rate},
				{"degressive", v.Degressive},
				{"outcome", v.Outcome},
				{"payer", v.Payer},
				{"public", v.Public.Rounded.Amount},
				{"afterPartner", v.AfterPartner.Rounded.Amount},
				{"preferential", v.Preferential.Rounded.Amount},
				{"charged", v.Charged.Amount},
				{"vat", v.VAT.Amount},
				{"chargedVat", v.ChargedVAT.Amount},
				{"gain", v.Gain.Amount},
				{"steps", v.Steps},
				{"assumptions", v.Assumptions},
			})
		}
		items := [][]any{}
		for _, s := range v.Steps {
			items = append(items, []any{s.Kind, s.Exact, amount(s.Rounded), s.Rounded.Currency, ""})
		}
		columns := []column{
			{key: "step", heading: c.book.T("partner_col_step"), say: c.said("partner_step_")},
			{key: "exact", heading: c.book.T("partner_col_exact"), is: figures},
			{key: "rounded", heading: c.book.T("partner_col_rounded"), is: amounts},
			{key: "currency", heading: c.book.T("partner_currency"), is: currencies},
		}
		if c.format == "csv" { // where amounts of several files come together; these are nobody's, as no workspace is read
			columns = append(columns, column{key: "organization", heading: c.book.T("organization_title"), is: organization})
		}
		return c.list(columns, items)
	}}
	f := cmd.Flags()
	f.StringVar(&asked.Product, "product", "", c.book.T("shell_cli_product"))
	f.StringVar(&asked.Quantity, "quantity", "1", c.book.T("shell_cli_quantity"))
	f.StringVar(&asked.Currency, "currency", "CHF", c.book.T("shell_cli_currency"))
	f.StringVar(&asked.Rate, "partner", "20", c.book.T("shell_cli_partner"))
	f.StringVar(&asked.Step, "degressive", "", c.book.T("shell_cli_degressive"))
	f.IntVar(&asked.Months, "months", 1, c.book.T("shell_cli_months"))
	f.StringVar(&asked.Mode, "mode", "", "volume | graduated")
	f.StringVar(&asked.Access, "access", asked.Access, "full | limited")
	f.StringVar(&asked.Means, "means", asked.Means, "client | partner")
	f.StringVar(&asked.Orders, "orders", asked.Orders, "client | partner")
	f.BoolVar(&asked.Managed, "managed", true, c.book.T("shell_cli_managed"))
	f.StringVar(&asked.Operation, "operation", asked.Operation, "order | renewal")
	f.StringVar(&asked.VAT, "vat", asked.VAT, "excluded | swiss | country | reverse_charge")
	return cmd
}

func (c *command) quotes() *cobra.Command {
	filter := quote.Filter{Limit: 100, Sort: "number", Descending: true}
	list := c.within(&cobra.Command{Use: "list", Short: c.book.T("shell_cli_quote_list"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		return c.as(cmd.Context(), func(t *app.Terminal) error {
			p, err := t.Quotes().List(filter)
			if err != nil {
				return err
			}
			owner, err := t.Organization()
			if err != nil {
				return err
			}
			items := [][]any{}
			for _, e := range p.Entries {
				items = append(items, []any{e.ID, e.Number, e.Recipient, e.State, e.ValidUntil, amount(e.Offer), amount(e.Earned), e.Offer.Currency, owner})
			}
			return c.list([]column{
				{key: "id", heading: "ID"},
				{key: "number", heading: c.book.T("quote_number")},
				{key: "recipient", heading: c.book.T("quote_recipient")},
				{key: "state", heading: c.book.T("quote_state"), say: c.said("quote_state_")},
				{key: "validUntil", heading: c.book.T("quote_valid_until")},
				{key: "offered", heading: c.book.T("shell_cli_column_offer"), is: amounts},
				{key: "earned", heading: c.book.T("shell_cli_column_earned"), is: amounts},
				{key: "currency", heading: c.book.T("partner_currency"), is: currencies},
				{key: "organization", heading: c.book.T("organization_title"), is: organization},
			}, items)
		})
	}})
	list.Flags().StringVar(&filter.Show, "show", "", "open | draft | accepted | past")
	list.Flags().StringVar(&filter.Search, "search", "", c.book.T("shell_cli_search"))
	list.Flags().IntVar(&filter.Limit, "limit", filter.Limit, c.book.T("shell_cli_limit"))
	out, kind := "", ""
	file := c.within(&cobra.Command{Use: "export ID --out FILE", Short: c.book.T("shell_cli_quote_export"), Args: one, RunE: func(cmd *cobra.Command, args []string) error {
		format := kind
		if format == "" {
			format = strings.TrimPrefix(filepath.Ext(out), ".")
		}
		return c.into(cmd, out, func(t *app.Terminal) (string, error) { return t.Quotes().Export(args[0], format, c.reader()) })
	}})
	file.Flags().StringVar(&out, "out", "", c.book.T("shell_cli_out"))
	file.Flags().StringVar(&kind, "kind", "", "pdf | internal | csv | xlsx")
	return group("quote", c.book.T("shell_cli_quote"), list, file)
}

func (c *command) clients() *cobra.Command {
	show, search := "", ""
	list := c.within(&cobra.Command{Use: "list", Short: c.book.T("shell_cli_clients_list"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		return c.as(cmd.Context(), func(t *app.Terminal) error {
			v, err := t.Clients().List(show, search)
			if err != nil {
				return err
			}
			items := [][]any{}
			for _, e := range v.Clients {
				items = append(items, []any{e.ID, e.Name, e.Place, e.State, e.Since, e.Payer})
			}
			return c.list([]column{
				{key: "id", heading: "ID"},
				{key: "name", heading: c.book.T("client_column_client")},
				{key: "place", heading: c.book.T("client_place")},
				{key: "state", heading: c.book.T("client_column_status"), say: c.said("client_state_")},
				{key: "since", heading: c.book.T("shell_cli_column_since")},
				{key: "payer", heading: c.book.T("expiry_pays"), say: c.said("client_payer_")},
			}, items)
		})
	}})
	list.Flags().StringVar(&show, "show", "", "active | pending | listed | differs | less | past")
	list.Flags().StringVar(&search, "search", "", c.book.T("shell_cli_search"))
	return group("clients", c.book.T("shell_cli_clients"), list)
}

func (c *command) ends() *cobra.Command {
	q, within, out := expiry.QueryInput{Sort: "ends", Limit: 200}, "", ""
	cmd := c.personal(&cobra.Command{Use: "expiry", Short: c.book.T("shell_cli_expiry"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		days := -1
		if within != "" {
			var err error
			if days, err = strconv.Atoi(strings.TrimSuffix(within, "d")); err != nil || days < 0 || days > 3650 {
				return noValue("--within", within)
			}
		}
		if out != "" {
			return c.into(cmd, out, func(t *app.Terminal) (string, error) {
				if err := endsWithin(t, &q, days); err != nil {
					return "", err
				}
				file := expiry.FileInput{Format: strings.TrimPrefix(filepath.Ext(out), "."), Locale: c.reader()}
				if file.Format == "ics" {
					return t.Ends().SaveCalendar(q, file)
				}
				return t.Ends().SaveSheet(q, file)
			})
		}
		return c.as(cmd.Context(), func(t *app.Terminal) error {
			if err := endsWithin(t, &q, days); err != nil {
				return err
			}
			v, err := t.Ends().List(q)
			if err != nil {
				return err
			}
			items := [][]any{}
			for _, e := range v.Rows {
				items = append(items, []any{e.Ends, e.Days, e.Kind, e.Name, e.Organization, e.Pays, amount(e.Price), e.Price.Currency, e.Source})
			}
			return c.list([]column{
				{key: "ends", heading: c.book.T("expiry_ends")},
				{key: "days", heading: c.book.T("expiry_days"), is: figures},
				{key: "kind", heading: c.book.T("expiry_kind"), say: c.said("expiry_kind_")},
				{key: "name", heading: c.book.T("expiry_name")},
				{key: "organization", heading: c.book.T("expiry_organization"), is: organization},
				{key: "pays", heading: c.book.T("expiry_pays"), say: c.said("expiry_pays_")},
				{key: "price", heading: c.book.T("expiry_price"), is: amounts},
				{key: "currency", heading: c.book.T("expiry_currency"), is: currencies},
				{key: "source", heading: c.book.T("expiry_source"), say: c.said("expiry_source_")},
			}, items)
		})
	}})
	cmd.Flags().StringVar(&within, "within", "", c.book.T("shell_cli_within"))
	cmd.Flags().StringVar(&q.Kind, "kind", "", "domain | product | card | invitation | token | certificate | other")
	cmd.Flags().StringVar(&q.Text, "search", "", c.book.T("shell_cli_search"))
	cmd.Flags().IntVar(&q.Limit, "limit", q.Limit, c.book.T("shell_cli_limit"))
	cmd.Flags().StringVar(&out, "out", "", c.book.T("shell_cli_out_ics"))
	return cmd
}

// endsWithin asks for what ends in so many days from the person's today; below 0 for all.
func endsWithin(t *app.Terminal, q *expiry.QueryInput, days int) error {
	if days < 0 {
		return nil
	}
	v, err := t.Ends().List(expiry.QueryInput{Sort: "ends", Limit: 1})
	if err != nil {
		return err
	}
	today, err := day.Parse(v.Today)
	if err != nil {
		return err
	}
	q.Until = (today + day.Day(days)).String()
	return nil
}

func (c *command) journal() *cobra.Command {
	scope, limit, out := "own", 50, ""
	query := func(args []string) activity.SearchInput {
		return activity.SearchInput{Scope: scope, Query: strings.Join(args, " "), Locale: c.reader()}
	}
	search := c.within(&cobra.Command{Use: "search [WORDS]", Short: c.book.T("shell_cli_journal_search"), RunE: func(cmd *cobra.Command, args []string) error {
		return c.as(cmd.Context(), func(t *app.Terminal) error {
			items, before := [][]any{}, ""
			for len(items) < limit {
				v, err := t.Journal().Page(query(args), before, 0, min(limit-len(items), activity.MaxPage))
				if err != nil {
					return err
				}
				for _, e := range v.Entries {
					items = append(items, []any{e.At, e.Account, e.Product, e.Action, e.Object, e.Result, e.Old, e.New})
				}
				if before = v.Next; before == "" {
					break
				}
			}
			return c.list([]column{
				{key: "at", heading: c.book.T("shell_cli_column_at")},
				{key: "account", heading: c.book.T("act_column_account")},
				{key: "product", heading: c.book.T("act_column_product"), say: c.said("act_product_")},
				{key: "action", heading: c.book.T("act_column_action"), say: c.said("act_action_")},
				{key: "object", heading: c.book.T("act_column_object")},
				{key: "result", heading: c.book.T("act_column_result"), say: c.said("act_result_")},
				{key: "old", heading: c.book.T("act_column_old")},
				{key: "new", heading: c.book.T("act_column_new")},
			}, items)
		})
	}})
	search.Flags().IntVar(&limit, "limit", limit, c.book.T("shell_cli_limit"))
	file := c.within(&cobra.Command{Use: "export [WORDS] --out FILE", Short: c.book.T("shell_cli_journal_export"), RunE: func(cmd *cobra.Command, args []string) error {
		return c.into(cmd, out, func(t *app.Terminal) (string, error) {
			job, err := t.Journal().Export(query(args), activity.ExportInput{Format: strings.TrimPrefix(filepath.Ext(out), "."), Language: c.reader()})
			if err != nil {
				return "", err
			}
			return filepath.Base(out), t.Await(cmd.Context(), job)
		})
	}})
	file.Flags().StringVar(&out, "out", "", c.book.T("shell_cli_out_lines"))
	for _, cmd := range []*cobra.Command{search, file} {
		cmd.Flags().StringVar(&scope, "scope", scope, "own | organization")
	}
	return group("journal", c.book.T("shell_cli_journal"), search, file)
}

// exports write what a page offers as a file.
func (c *command) exports() *cobra.Command {
	out := ""
	all := []*cobra.Command{}
	for _, what := range []string{"clients", "rights", "orders"} {
		all = append(all, c.within(&cobra.Command{Use: what + " --out FILE", Short: c.book.T("shell_cli_export_" + what), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
			return c.into(cmd, out, func(t *app.Terminal) (string, error) {
				return t.Clients().Export("", client.ExportInput{Language: c.reader(), Kind: strings.TrimPrefix(filepath.Ext(out), "."), What: what})
			})
		}}))
	}
	for _, cmd := range all {
		cmd.Flags().StringVar(&out, "out", "", c.book.T("shell_cli_out"))
	}
	return group("export", c.book.T("shell_cli_export"), all...)
}

// into lets something write the file that was asked for, and says where it is.
func (c *command) into(cmd *cobra.Command, out string, write func(*app.Terminal) (string, error)) error {
	if out == "" {
		return missing("--out")
	}
	path, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	return c.as(cmd.Context(), func(t *app.Terminal) error {
		t.Into(path)
		if _, err := write(t); err != nil {
			return err
		}
		return c.print([]row{{"path", path}})
	})
}

// group is a command that only holds others.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	g := &cobra.Command{Use: use, Short: short, Args: none, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	g.AddCommand(commands...)
	return g
}
