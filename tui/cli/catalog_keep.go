package cli

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// articleFlags are what can be said of an article by flags: the fields of a line of an import.
var articleFlags = map[string]string{
	"title": "what it is `called`", "price": "its `price`, as 12.34", "currency": "of the price; else the till's",
	"note": "a few `words` below the title", "barcode": "what a scanner `reads`", "tax_percent": "its tax, in `percent`",
}

func (a *app) catalogAdd() *cobra.Command {
	cmd := &cobra.Command{Use: "add SKU --title TEXT --price A", Short: "put a new article on sale", Args: takes("SKU")}
	given := articleGiven(cmd)
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		if _, err := articleOf(ctx, t, args[0]); domain.CodeOf(err) != domain.CodeNotFound {
			if err != nil {
				return err
			}
			return domain.Errorf(domain.CodeInvalid, "there is an article %q already", safe(args[0])).WithHint("to change it: till catalog update SKU")
		}
		return a.keepArticle(ctx, t, map[string]string{"sku": args[0]}, given())
	})
	return cmd
}

func (a *app) catalogUpdate() *cobra.Command {
	cmd := &cobra.Command{Use: "update SKU", Short: "change what is named of an article, and leave the rest", Args: takes("SKU")}
	given := articleGiven(cmd)
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		was, err := articleOf(ctx, t, args[0])
		if err != nil {
			return err
		}
		return a.keepArticle(ctx, t, map[string]string{
			"sku": was.SKU, "title": was.Title, "price": was.Currency.Format(was.Price), "currency": string(was.Currency),
			"note": was.Note, "barcode": was.Barcode, "tax_percent": was.TaxPercent,
		}, given())
	})
	return cmd
}

// articleGiven adds the flags of an article to a command, and gives what was said by those that were used.
func articleGiven(cmd *cobra.Command) (given func() map[string]string) {
	values := map[string]*string{}
	for _, field := range slices.Sorted(maps.Keys(articleFlags)) {
		values[field] = cmd.Flags().String(flagOf(field), "", articleFlags[field])
	}
	return func() map[string]string {
		said := map[string]string{}
		for field, value := range values {
			if cmd.Flags().Changed(flagOf(field)) {
				said[field] = *value
			}
		}
		return said
	}
}

func flagOf(field string) string { return strings.ReplaceAll(field, "_", "-") }

// keepArticle reads an article as a line of an import is read, what was said in place of what was, and keeps it.
func (a *app) keepArticle(ctx context.Context, t *till.Till, was, said map[string]string) error {
	maps.Copy(was, said)
	maps.DeleteFunc(was, func(_, value string) bool { return value == "" })
	text, err := json.Marshal(was)
	if err != nil {
		return err
	}
	article, err := readArticle(text, t.Currency)
	if err != nil {
		return err
	}
	if err := t.Shelve(ctx, []domain.Article{article}); err != nil {
		return err
	}
	return a.say(articleAsObject(article), func(p *page) { p.table("", "llrl", [][]string{articleRow(article)}) })
}
