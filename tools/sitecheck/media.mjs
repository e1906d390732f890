/* What a page must still do on paper and where scripts are off. Each function returns its findings as lines. */

const PAPER = { width: 680, height: 960 }; // A4 less the margins, in CSS pixels

/** Printed from a device in dark mode: dark words on white, nothing cut off, every answer open, no buttons. */
export async function onPaper(browser, url) {
  return inContext(browser, { viewport: PAPER, colorScheme: 'dark' }, url, async page => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    return page.evaluate(() => {
      const findings = [];
      const shown = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const light = colour => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        const [r, g, b] = [red, green, blue].map(v => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
        return alpha ? 0.2126 * r + 0.7152 * g + 0.0722 * b : 1;
      };
      if (document.documentElement.scrollWidth > innerWidth + 1) findings.push('wider than the paper');
      for (const element of document.body.querySelectorAll('*')) {
        const words = [...element.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data.trim()).join('');
        if (!shown(element)) continue;
        const style = getComputedStyle(element);
        if (words && 1.05 / (light(style.color) + 0.05) < 4.5) findings.push(`pale on paper: ${words.slice(0, 40)}`);
        if (light(style.backgroundColor) < 0.7) findings.push(`dark ground on paper: ${element.tagName} ${element.className}`);
      }
      for (const element of document.querySelectorAll('nav, .button')) if (shown(element)) findings.push(`of no use on paper: ${element.textContent.trim().slice(0, 40)}`);
      for (const details of document.querySelectorAll('details')) {
        const answer = [...details.children].find(child => child.tagName !== 'SUMMARY');
        if (answer && answer.getBoundingClientRect().height < 1) findings.push(`closed on paper: ${details.querySelector('summary').textContent.trim()}`);
      }
      return findings;
    });
  });
}

/** With scripts off, all words are there, and every question opens. */
export async function withoutScripts(browser, url) {
  const words = page => page.locator('body').innerText();
  const expected = await inContext(browser, {}, url, words);
  return inContext(browser, { javaScriptEnabled: false }, url, async page => {
    const findings = (await words(page)) === expected ? [] : ['other words without scripts'];
    for (const details of await page.locator('details').all()) {
      await details.locator('summary').click();
      if (!(await details.locator('> :not(summary)').first().isVisible())) findings.push(`does not open: ${await details.locator('summary').innerText()}`);
    }
    return findings;
  });
}

async function inContext(browser, options, url, look) {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'load', timeout: 30000 });
    return await look(page);
  } finally {
    await context.close();
  }
}
