/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_SKBUFF_H
#define MINI_SKBUFF_H

#include <linux/bvec.h>

#define MAX_SKB_FRAGS	17

typedef struct bio_vec skb_frag_t;

struct skb_shared_info {
	u8 nr_frags;
	skb_frag_t frags[MAX_SKB_FRAGS];
};

struct sk_buff {
	struct sk_buff *next;
	unsigned int len, data_len, truesize;
	unsigned char *head, *end;
};

#define skb_shinfo(skb)	((struct skb_shared_info *)((skb)->end))

void kfree_skb(struct sk_buff *skb);
void skb_add_rx_frag(struct sk_buff *skb, int i, struct page *page, int off, int size,
		     unsigned int truesize);

static inline struct page *skb_frag_page(const skb_frag_t *frag)
{
	return frag->bv_page;
}

static inline void __skb_fill_page_desc(struct sk_buff *skb, int i, struct page *page, int off,
					int size)
{
	skb_frag_t *frag = &skb_shinfo(skb)->frags[i];

	frag->bv_page = page;
	frag->bv_offset = off;
	frag->bv_len = size;
}

static inline void skb_fill_page_desc(struct sk_buff *skb, int i, struct page *page, int off,
				      int size)
{
	__skb_fill_page_desc(skb, i, page, off, size);
	skb_shinfo(skb)->nr_frags = i + 1;
}

#endif
