import { Star } from 'lucide-react';
import { tip } from '../panels/IconButton.tsx';
import styles from './Gallery.module.css';
import { ratingTip, starWords } from './words.ts';

/** One to five stars; the one that holds takes the rating away. */
export function Stars({
  rating,
  onRate,
  label = 'Rating',
  tipOf = ratingTip,
}: {
  rating: number;
  onRate: (rating: number) => void;
  label?: string;
  /** What pressing so many stars does, where so many hold. */
  tipOf?: (stars: number, rating: number) => string;
}) {
  return (
    <span
      className={styles.stars}
      role="group"
      aria-label={rating > 0 ? `${label}: ${starWords(rating)}` : `${label}: none`}
    >
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={starWords(stars)}
          aria-pressed={rating === stars}
          data-lit={rating >= stars}
          onClick={() => onRate(rating === stars ? 0 : stars)}
          {...tip(tipOf(stars, rating))}
        >
          <Star size={16} aria-hidden />
        </button>
      ))}
    </span>
  );
}
